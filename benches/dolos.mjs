// The peer of benches/code.rs: compares files with dolos-lib as its command line does, and prints what that took.
//
// node dolos.mjs MODULES LANGUAGE [K WINDOW] < LIST     MODULES holds @dodona/dolos-lib; LIST names one file a line.
// Prints: CPU seconds to read and index, CPU seconds with all pairs, pairs, peak memory in MB, version.
// With K and WINDOW: each pair instead, `left <tab> right <tab> similarity`, compared with these (its default: 23 and 17).
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [modules, language, k, window] = process.argv.slice(2);
const folder = resolve(modules, "@dodona/dolos-lib");
const { version, module } = JSON.parse(readFileSync(folder + "/package.json", "utf8"));
const { Dolos } = await import(pathToFileURL(resolve(folder, module ?? "dist/index.js")));
const files = readFileSync(0, "utf8").split("\n").filter(Boolean);
const seconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
const start = seconds();
const report = await new Dolos(k ? { language, kgramLength: +k, kgramsInWindow: +window } : { language }).analyzePaths(files);
const indexed = seconds();
const pairs = report.allPairs();
const ended = seconds();
const megabytes = process.resourceUsage().maxRSS / 1024;
if (k) for (const p of pairs) console.log([p.leftFile.path, p.rightFile.path, p.similarity].join("\t"));
else console.log([indexed - start, ended - start, pairs.length, megabytes, version].join(" "));
