"""Looks at a report in a real browser: opens it, uses it, measures it, takes pictures of it.

    pip install playwright; npm install axe-core (for --axe node_modules/axe-core/axe.min.js)
    python3 corpora/programs/look_at_report.py report/report.html [--shots DIR] [--axe axe.min.js] [--chromium PATH]

Says, one line each: bytes; time to the load event and to the first picture; the longest pause while the whole page is
scrolled through; requests and errors (both must be none); whether search, filter, keyboard, decisions and the picture of
the pool work; whether everything is there without a script; what axe-core finds. Ends with 1 when something is wrong.

axe-core compares every element with those that lie over it, so that 170,000 elements (3,000 applicants) keep it busy for
hours. It is given the same page with at most so many neighbours of one sort (--like 12), so that everything there is
stands in it; how much that leaves is said. What a browser says of the whole page (reflow, scrolling) is asked of all of it.
"""
import argparse
import json
import os
import pathlib
import sys
import time

from playwright.sync_api import sync_playwright

SCROLL = """async () => {
  const gaps = [];
  let last = performance.now(), go = true;
  const tick = (now) => { gaps.push(now - last); last = now; if (go) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const steps = 120, height = document.documentElement.scrollHeight;
  for (let i = 0; i <= steps; i++) { scrollTo(0, height * i / steps); await new Promise((r) => setTimeout(r, 16)); }
  go = false;
  gaps.sort((a, b) => a - b);
  return { longest: gaps[gaps.length - 1], typical: gaps[Math.floor(gaps.length * 0.95)], height };
}"""


# Of elements that follow each other with one tag and class the first ones stay.
CUT = """(most) => {
  const before = document.querySelectorAll('*').length;
  const cut = (parent) => {
    const seen = new Map();
    for (const child of [...parent.children]) {
      const sort = child.tagName + '.' + (child.getAttribute('class') || '');
      const number = (seen.get(sort) || 0) + 1;
      seen.set(sort, number);
      if (number > most) child.remove(); else cut(child);
    }
  };
  cut(document.body);
  return [before, document.querySelectorAll('*').length];
}"""


class Look:
    def __init__(self):
        self.faults = []

    def check(self, holds, what):
        print(("ok    " if holds else "WRONG ") + what)
        if not holds:
            self.faults.append(what)


def measure(browser, url, look):
    times = []
    for _ in range(3):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked, said = [], []
        page.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        start = time.perf_counter()
        page.goto(url, wait_until="load")
        loaded = time.perf_counter() - start
        page.evaluate("() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
        times.append((loaded, time.perf_counter() - start))
        scroll = page.evaluate(SCROLL)
        page.close()
    loaded, painted = (sorted(t[i] for t in times)[1] for i in (0, 1))
    print(f"load event after {loaded * 1000:.0f} ms, two frames after it {painted * 1000:.0f} ms (middle of 3)")
    print(f"scrolled through {scroll['height']} px: longest pause {scroll['longest']:.0f} ms, 95 of 100 frames within "
          f"{scroll['typical']:.0f} ms")
    look.check(painted < 2, "opens in less than 2 s")
    look.check(scroll["longest"] < 500, "no pause of half a second while scrolling")
    look.check(all(a == url or a.startswith("data:") for a in asked), f"asks for nothing else ({len(asked)} requests)")
    look.check(not said, f"the console says nothing {said[:3]}")


def use(browser, url, look):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(url)
    page.keyboard.press("/")
    look.check(page.evaluate("document.activeElement.id") == "q", "/ goes to the search")
    page.keyboard.type("zzzz-nobody")
    page.wait_for_timeout(400)
    look.check(page.locator(".item:visible").count() == 0, "a search for nobody shows nothing")
    page.keyboard.press("Escape")
    look.check(page.locator(".item:visible").count() > 0, "Escape shows all again")
    page.keyboard.type("/")
    look.check(page.input_value("#q") == "/", "/ inside the search is a letter")
    page.fill("#q", "")
    page.wait_for_timeout(400)
    groups = page.locator(".group").count()
    if groups:
        page.select_option("#least", "6")
        look.check(page.locator(".group:visible").count() <= groups, "the filter for strength narrows")
        page.select_option("#least", "0")
        page.select_option("#order", "size")
        sizes = page.eval_on_selector_all(".group", "all => all.map((g) => Number(g.dataset.size))")
        look.check(sizes == sorted(sizes, reverse=True), "groups sort by size")
        page.select_option("#order", "number")
    decide(page, look)
    picture(page, look)
    context.close()


def decide(page, look):
    buttons = page.locator(".review .dismiss:visible")
    if not buttons.count():
        print("      (nothing to decide about)")
        return
    buttons.first.click()
    look.check(buttons.first.get_attribute("aria-pressed") == "true", "a click dismisses")
    page.keyboard.type("Checked: one household.")
    page.fill("#by", "AB")
    with page.expect_download() as download:
        page.click("#decisions button")
    saved = json.loads(pathlib.Path(download.value.path()).read_text())
    mine = [d for d in saved["decisions"] if d.get("note") == "Checked: one household."]
    look.check(saved["schema"] == "decisions/1" and len(mine) == 1 and mine[0]["by"] == "AB", "decisions are saved")


def picture(page, look):
    if not page.locator("#network svg").count():
        print("      (nobody is linked: no picture)")
        return
    box = "() => document.querySelector('#network svg').getAttribute('viewBox')"
    whole = page.evaluate(box)
    page.click("#steer button >> nth=0")
    near = page.evaluate(box)
    page.click("#steer button >> nth=2")
    look.check(near != whole, "the picture enlarges")
    dot = page.locator("#network a[href^='#g'] circle.in").first
    if dot.count():
        dot.click()
        target = page.evaluate("location.hash")
        look.check(target.startswith("#g"), f"a dot leads to its card ({target})")


def without_script(browser, url, look):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    look.check(not page.locator("#tools").is_visible(), "without a script no dead controls are shown")
    look.check(page.locator("h1").is_visible() and page.locator("main section").count() > 5, "without a script the report is there")
    context.close()


def reflow(browser, url, look):
    for width in (375, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => { if (i < 60) d.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        look.check(wide <= width, f"{width} px: nothing sticks out ({wide})")
        page.close()


def axe(browser, url, script, like, look):
    for scheme in ("light", "dark"):
        page = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
        page.goto(url)
        before, left = page.evaluate(CUT, like)
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => { if (i < 60) d.open = true; })")
        page.add_script_tag(path=script)
        start = time.perf_counter()
        result = page.evaluate("() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")
        for fault in result["violations"]:
            print(f"      {fault['id']} ({fault['impact']}): {fault['help']}; {len(fault['nodes'])} times, {fault['nodes'][0]['html'][:160]}")
        print(f"      axe-core on {left:,} of {before:,} elements, at most {like} neighbours of one sort: "
              f"{time.perf_counter() - start:.0f} s")
        look.check(not result["violations"], f"axe-core, {scheme}: {len(result['passes'])} rules pass, {len(result['violations'])} fail, "
                   f"{len(result['incomplete'])} need a look")
        page.close()


def shots(browser, url, folder):
    os.makedirs(folder, exist_ok=True)
    for width, scheme in ((1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(url)
        height = min(page.evaluate("document.documentElement.scrollHeight"), 6000)
        page.screenshot(path=f"{folder}/{width}-{scheme}.png", clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True)
        page.close()
    page = browser.new_page()
    page.goto(url)
    page.pdf(path=f"{folder}/print.pdf", format="A4", margin={s: "1.5cm" for s in ("top", "bottom", "left", "right")})
    page.close()


def main():
    args = argparse.ArgumentParser()
    args.add_argument("report")
    args.add_argument("--shots")
    args.add_argument("--axe")
    args.add_argument("--like", type=int, default=12, help="neighbours of one sort that axe-core gets (default: 12)")
    args.add_argument("--chromium", default="/usr/bin/chromium")
    args = args.parse_args()
    url = pathlib.Path(args.report).resolve().as_uri()
    look = Look()
    print(f"{os.path.getsize(args.report):,} bytes")
    with sync_playwright() as play:
        # A browser of a root user has no sandbox to start.
        browser = play.chromium.launch(executable_path=args.chromium, args=["--no-sandbox"])
        measure(browser, url, look)
        use(browser, url, look)
        without_script(browser, url, look)
        reflow(browser, url, look)
        if args.axe:
            axe(browser, url, args.axe, args.like, look)
        if args.shots:
            shots(browser, url, args.shots)
        browser.close()
    sys.exit(1 if look.faults else 0)


if __name__ == "__main__":
    main()
