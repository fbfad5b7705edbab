//! The key words beside which an identifier can stand.

/// What a key word announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum Cue {
    /// A host with profile pages.
    Site,
    /// The label of a site of one's own.
    SiteLabel,
    /// The name of a service with handles.
    Handle,
    /// A part of a machine's name.
    Machine,
    /// The folder of home directories.
    Home,
    /// The ending of a deployment host.
    Deployment,
    /// A measuring service's prefix.
    Analytics,
    /// An ending of Firebase's hosts.
    Firebase,
    /// Sentry's host.
    Sentry,
    /// The name of an SSH key type before the key.
    SshKey,
    /// The head of an OpenPGP public key.
    PgpBlock,
    /// A word before the fingerprint of a key.
    Fingerprint,
    /// The end of the head line of a private key.
    Pem,
    /// The prefix of a token.
    Token,
    /// The name of a variable that holds a key.
    KeyName,
}

/// Key words, without case.
pub(in crate::features::anchors) const WORDS: &[(Cue, &[&str])] = &[
    (
        Cue::SiteLabel,
        &[
            "portfolio",
            "website",
            "homepage",
            "home page",
            "blog",
            "web",
            "site",
        ],
    ),
    (
        Cue::Handle,
        &[
            "telegram",
            "tg",
            "discord",
            "twitter",
            "github",
            "gitlab",
            "instagram",
            "medium",
            "skype",
            "wechat",
            "linkedin",
        ],
    ),
    (
        Cue::Machine,
        &[
            "desktop-",
            "laptop-",
            ".local",
            "-macbook",
            "-imac",
            "-mac-mini",
            "-mbp",
        ],
    ),
    (Cue::Home, &["/users/", "/home/", "\\users\\"]),
    (Cue::Analytics, &["g-", "ua-", "gtm-"]),
    (
        Cue::Firebase,
        &[
            ".firebaseapp.com",
            ".firebaseio.com",
            ".firebasedatabase.app",
            ".firebasestorage.app",
        ],
    ),
    (Cue::Sentry, &["sentry.io/"]),
    (
        Cue::SshKey,
        &[
            "ssh-rsa aaaa",
            "ssh-ed25519 aaaa",
            "ssh-dss aaaa",
            "ecdsa-sha2-nistp256 aaaa",
            "ecdsa-sha2-nistp384 aaaa",
            "ecdsa-sha2-nistp521 aaaa",
            "@openssh.com aaaa",
        ],
    ),
    (Cue::PgpBlock, &["-----begin pgp public key block-----"]),
    (
        Cue::Fingerprint,
        &["pgp", "gpg", "fingerprint", "sha256:", "signingkey"],
    ),
    (Cue::Pem, &["private key-----", "private key block-----"]),
    (
        Cue::Token,
        &[
            "akia",
            "asia",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "xoxb-",
            "xoxp-",
            "xoxa-",
            "xoxr-",
            "xoxs-",
            "sk_live_",
            "rk_live_",
            "aiza",
            "sg.",
            "npm_",
            "hf_",
            "pypi-ag",
            "infura.io/",
            "alchemy.com/v2/",
            "alchemyapi.io/v2/",
            "quiknode.pro/",
            "discord.com/api/webhooks/",
            "discordapp.com/api/webhooks/",
            "hooks.slack.com/services/",
            ":aa",
        ],
    ),
    (
        Cue::KeyName,
        &[
            "private_key",
            "privatekey",
            "private-key",
            "privkey",
            "priv_key",
            "secret_key",
            "secretkey",
            "pk=",
            "_pk",
            "_key",
            "mnemonic",
            "seed_phrase",
            "seed phrase",
            "seedphrase",
        ],
    ),
];
