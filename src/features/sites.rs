//! The sites whose profile pages people put on résumés, and the hosts that are nobody's own. Tables only.
//!
//! Where an account stands in a URL was read off each site's own profile pages; a site that is not listed here is at
//! most a site of one's own.

/// A site with accounts.
pub(in crate::features) struct Site {
    /// Hosts, the canonical one first.
    pub hosts: &'static [&'static str],
    /// Parts of the path before the account, any of them; "" where the account comes first.
    pub prefixes: &'static [&'static str],
    /// How the canonical form goes on behind the host.
    pub canonical: &'static str,
    /// Whether more path names a thing of the account (a repository) rather than a view of the profile.
    pub has_items: bool,
    /// First parts of the path that are no account.
    pub reserved: &'static str,
}

/// A row of [`SITES`].
const fn site(
    hosts: &'static [&'static str],
    prefixes: &'static [&'static str],
    canonical: &'static str,
    has_items: bool,
    reserved: &'static str,
) -> Site {
    Site {
        hosts,
        prefixes,
        canonical,
        has_items,
        reserved,
    }
}

/// Host, prefixes, canonical prefix, whether more path is a thing of the account, reserved words.
pub(in crate::features) static SITES: &[Site] = &[
    site(
        &["github.com", "gist.github.com", "raw.githubusercontent.com"],
        &[""],
        "",
        true,
        GITHUB_PAGES,
    ),
    site(&["gitlab.com"], &[""], "", true, GITLAB_PAGES),
    site(&["bitbucket.org"], &[""], "", true, BITBUCKET_PAGES),
    site(&["linkedin.com"], &["in/"], "in/", false, ""),
    site(
        &["t.me", "telegram.me", "telegram.dog"],
        &[""],
        "",
        false,
        T_PAGES,
    ),
    site(
        &["x.com", "twitter.com", "mobile.twitter.com"],
        &[""],
        "",
        false,
        X_PAGES,
    ),
    site(&["stackoverflow.com"], &["users/"], "users/", false, ""),
    site(
        &["upwork.com"],
        &["freelancers/", "fl/", "o/profiles/users/"],
        "freelancers/",
        false,
        "",
    ),
    site(&["freelancer.com"], &["u/"], "u/", false, ""),
    site(&["behance.net"], &[""], "", true, BEHANCE_PAGES),
    site(&["dribbble.com"], &[""], "", false, DRIBBBLE_PAGES),
    site(&["medium.com"], &["@"], "@", true, ""),
    site(&["dev.to"], &[""], "", true, DEV_PAGES),
    site(&["npmjs.com"], &["~"], "~", false, ""),
    site(&["kaggle.com"], &[""], "", true, KAGGLE_PAGES),
    site(&["leetcode.com"], &["u/", ""], "u/", false, LEETCODE_PAGES),
    site(
        &["hackerrank.com"],
        &["profile/", ""],
        "profile/",
        false,
        HACKERRANK_PAGES,
    ),
    site(&["codepen.io"], &[""], "", true, CODEPEN_PAGES),
    site(&["instagram.com"], &[""], "", false, INSTAGRAM_PAGES),
    site(
        &["linktr.ee"],
        &[""],
        "",
        false,
        "admin blog login register s",
    ),
    site(&["about.me"], &[""], "", false, "app login signup"),
    site(&["sites.google.com"], &["view/"], "view/", false, ""),
];

/// Pages of github.com that stand where an account would.
const GITHUB_PAGES: &str = "\
    about account apps blog codespaces collections contact copilot customer-stories \
    dashboard enterprise events explore features gist gists github issues join login logout \
    marketplace mobile new notifications organizations orgs pages pricing pulls readme \
    resources search security settings signup sitemap solutions sponsors stars team topics \
    trending users watching";

/// Pages of gitlab.com that stand where an account would.
const GITLAB_PAGES: &str = "\
    - explore groups help users api dashboard projects search snippets gitlab-org gitlab-com";

/// Pages of bitbucket.org that stand where an account would.
const BITBUCKET_PAGES: &str = "\
    account dashboard product repo snippets support workspaces";

/// Pages of t.me that stand where an account would.
const T_PAGES: &str = "\
    addstickers c iv joinchat proxy s share socks";

/// Pages of x.com that stand where an account would.
const X_PAGES: &str = "\
    about compose explore hashtag home i intent jobs login privacy search settings share \
    signup tos";

/// Pages of behance.net that stand where an account would.
const BEHANCE_PAGES: &str = "\
    blog gallery galleries joblist onboarding search";

/// Pages of dribbble.com that stand where an account would.
const DRIBBBLE_PAGES: &str = "\
    designers jobs resources search session shots signup stories tags teams";

/// Pages of dev.to that stand where an account would.
const DEV_PAGES: &str = "\
    about challenges community enter listings pod search t tags top videos";

/// Pages of kaggle.com that stand where an account would.
const KAGGLE_PAGES: &str = "\
    account c code competitions datasets docs learn models organizations search static";

/// Pages of leetcode.com that stand where an account would.
const LEETCODE_PAGES: &str = "\
    accounts contest discuss explore problems problemset progress study-plan tag";

/// Pages of hackerrank.com that stand where an account would.
const HACKERRANK_PAGES: &str = "\
    about auth certificates challenges contests dashboard domains products \
    skills-verification submissions work";

/// Pages of codepen.io that stand where an account would.
const CODEPEN_PAGES: &str = "\
    accounts challenges features pen pens search spark trending";

/// Pages of instagram.com that stand where an account would.
const INSTAGRAM_PAGES: &str = "\
    about accounts explore p reel reels stories tv";

/// Hosts that give each account a host of its own, and where the account stands.
pub(in crate::features) const ACCOUNT_HOSTS: &[(&str, &str)] = &[
    (".github.io", "github.com/"),
    (".gitlab.io", "gitlab.com/"),
    (".medium.com", "medium.com/@"),
];

/// Words that templates put where the account goes.
pub(in crate::features) const PLACEHOLDER_ACCOUNTS: &str = "\
    your-profile yourprofile yourname your-name your_name username user-name your-username \
    yourusername user name profile your-id yourid handle yourhandle firstname-lastname \
    firstnamelastname first-last johndoe john-doe jane-doe janedoe example me xxx";

/// Registrable hosts where many people's things stand under paths, or that are tools, stores and news: nobody's own.
pub(in crate::features) const PLATFORMS: &str = "\
    google.com goo.gl youtube.com youtu.be apple.com microsoft.com live.com office.com \
    amazon.com facebook.com fb.com instagram.com wikipedia.org bit.ly tinyurl.com notion.so \
    figma.com canva.com dropbox.com drive.google.com onedrive.com credly.com coursera.org \
    udemy.com edx.org udacity.com freecodecamp.org codecademy.com glassdoor.com indeed.com \
    monster.com dice.com ziprecruiter.com researchgate.net orcid.org doi.org arxiv.org \
    acm.org ieee.org slideshare.net quora.com reddit.com discord.gg discord.com whatsapp.com \
    wa.me telegram.org skype.com zoom.us calendly.com overleaf.com latextemplates.com \
    hackerone.com bugcrowd.com docker.com pypi.org crates.io nodejs.org python.org asp.net \
    socket.io draw.io vimeo.com vk.com wixsite.com wordpress.com fiverr.com toptal.com \
    angel.co wellfound.com xing.com huggingface.co codeforces.com codechef.com \
    geeksforgeeks.org topcoder.com substack.com hashnode.com w3.org resume.io novoresume.com \
    zety.com enhancv.com flowcv.com standardresume.co jsonresume.org";
