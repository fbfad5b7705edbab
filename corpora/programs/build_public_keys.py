#!/usr/bin/env python3
"""Builds corpora/background/public_keys.txt: keys, addresses and tokens that belong to everybody.

    python3 corpora/programs/build_public_keys.py

Needs the PyPI package `eth-account` (MIT). Accounts are derived here from the seed phrases that tools print for
everybody; secrets are written as SHA-256 only. Same input, same bytes.
"""
import base64
import hashlib
import pathlib

from eth_account import Account

OUT = pathlib.Path(__file__).parent.parent / "background" / "public_keys.txt"

# Seed phrases that development tools use for everybody, by their own documentation.
PHRASES = {
    "Hardhat and Anvil": "test test test test test test test test test test test junk",
    "Ganache, deterministic": "myth like bonus scare over problem client lizard pioneer submit female collect",
    "Truffle Develop": "candy maple cake sugar pudding cream honey rich smooth crumble sweet treat",
    "BIP 39, vector": "abandon " * 11 + "about",
    "BIP 39, vector (2)": "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "BIP 39, vector (3)": "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "BIP 39, vector (4)": "zoo " * 11 + "wrong",
}
NUM_ACCOUNTS = 20

# Raw keys of manuals and tests.
KEYS = {
    "curve order minus nothing: the key 1": "0" * 63 + "1",
    "web3.js, manual": "348ce564d427a3311b6536bbcff9390d69395b06ed6c486954e971d960fe8709",
    "ethers, manual": "0123456789012345678901234567890123456789012345678901234567890123",
    "Ethereum wiki, keccak of cow": "c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4",
}

TOKENS = {
    "AWS, manual": ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"],
    "Infura, MetaMask's own": ["9aa3d95b3bc440fa88ea12eaa4456161", "84842078b09946638c03157f83405213"],
}

# SSH keys that everybody has: the forge's own (its documentation of host keys), and the one that Vagrant makes boxes with.
SSH_KEYS = {
    "GitHub, host key (Ed25519)": "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
    "GitHub, host key (ECDSA)": "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNu"
    "G5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
    "GitHub, host key until 2023 (RSA)": "AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa+PXYPCPy6rbTrTtw7PHkccKrpp0yVhp5H"
    "dEIcKr6pLlVDBfOLX9QUsyCOV0wzfjIJNlGEYsdlLJizHhbn2mUjvSAHQqZETYP81eFzLQNnPHt4EVVUh7VfDESU84KezmD5QlWpXLmvU31/yMf+Se8xhH"
    "TvKSCZIFImWwoG6mbUoWf9nzpIoaSjB+weqqUUmpaaasXVal72J+UX2B+2RPW3RcT0eOzQgqlJL3RKrTJvdsjE3JEAvGq3lGHSZXy28G3skua2SmVi/w4y"
    "CE6gbODqnTWlg7+wC604ydGXA8VJiS5ap43JXiUFFAaQ==",
    "Vagrant, insecure key": "AAAAB3NzaC1yc2EAAAABIwAAAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzIw+niNltGEFHzD8+v1I2YJ6oXev"
    "ct1YeS0o9HZyN1Q9qgCgzUFtdOKLv6IedplqoPkcmF0aYet2PkEDo3MlTBckFXPITAMzF8dJSIFo9D8HfdOV0IAdx4O7PtixWKn5y2hMNG0zQPyUecp4pz"
    "C6kivAIhyfHilFR61RGL+GPXQ2MWZWFYbAGjyiYJnAmCP3NOTd0jMZEnDkbUvxhMmBYSdETk1rRgm+R4LOzFUGaHqHDLKLX+FIPKcF96hrucXzcWyLbIbEg"
    "E98OHlnVYCzRdK8jlqm8tehUc9c9WhQ==",
}

# Keys with which GitHub signs what is done on its pages (its documentation of commit signatures).
PGP_KEYS = ["4AEE18F83AFDEB23", "B5690EEEBB952194"]

# Contracts, tokens and burn addresses that tutorials and interfaces write down; from the projects' own lists of addresses.
ADDRESSES = {
    "Ethereum, wrapped ether": "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    "Ethereum, Tether": "0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "Ethereum, USD Coin": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
    "Ethereum, Dai": "0x6B175474E89094C44Da98b954EedeAC495271d0F",
    "Ethereum, wrapped bitcoin": "0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599",
    "Ethereum, Chainlink token": "0x514910771AF9Ca656af840dff83E8264EcF986CA",
    "Ethereum, Uniswap token": "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984",
    "Uniswap 2, router": "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D",
    "Uniswap 2, factory": "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f",
    "Uniswap 3, router": "0xE592427A0AEce92De3Edee1F18E0157C05861564",
    "Uniswap 3, router 2": "0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45",
    "Uniswap 3, factory": "0x1F98431c8aD98523631AE4a59f267346ea31F984",
    "Multicall 3": "0xcA11bde05977b3631167028862bE2a173976CA11",
    "ENS, registry": "0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e",
    "ERC-4337, entry point": "0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789",
    "BNB chain, wrapped": "0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c",
    "BNB chain, BUSD": "0xe9e7CEA3DedcA5984780Bafc599bD69ADd087D56",
    "PancakeSwap, router": "0x10ED43C718714eb63d5aA57B78B54704E256024E",
    "Polygon, wrapped": "0x0d500B1d8E8eF31E21C99d1Db9A6444d3ADf1270",
    "burn address": "0x000000000000000000000000000000000000dEaD",
    "native token, stand-in": "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE",
    "Hardhat, first contract": "0x5FbDB2315678afecb367f032d93F642f64180aa3",
    "Hardhat, second contract": "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
    "EIP-55, example": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "EIP-55, example (2)": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "EIP-55, example (3)": "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "EIP-55, example (4)": "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    "Bitcoin, first block": "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "Bitcoin wiki, example": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    "Bitcoin wiki, example (2)": "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "Bitcoin, burn address": "1BitcoinEaterAddressDontSendf59kuE",
    "BIP 173, example": "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "TRON, Tether": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "TRON, burn address": "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
    "Solana, system program": "11111111111111111111111111111111",
    "Solana, wrapped": "So11111111111111111111111111111111111111112",
    "Solana, token program": "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
    "Solana, token program 2022": "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
    "Solana, associated token program": "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
    "Solana, metadata program": "metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s",
    "Solana, USD Coin": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    "Solana, Tether": "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
    "Anchor, example program": "Fg6PaFpoGXkYsidMpWTK6W2BeZ7FEfcYkg476zPFsLnS",
}


# Account numbers of manuals: the examples of the IBAN registry and of ISO 13616.
IBANS = """
GB29NWBK60161331926819 GB82WEST12345698765432 GB33BUKB20201555555555 DE89370400440532013000 FR1420041010050500013M02606
FR7630006000011234567890189 NL91ABNA0417164300 BE68539007547034 CH9300762011623852957 ES9121000418450200051332
IT60X0542811101000000123456 AT611904300234573201 SE4550000000058398257466 NO9386011117947 DK5000400440116243
FI2112345600000785 PL61109010140000071219812874 PT50000201231234567890154 IE29AIBK93115212345678 LU280019400644750000
GR1601101250000000012300695 TR330006100519786457841326 SA0380000000608010167519 AE070331234567890123456
""".split()


def ssh_print(key):
    digest = hashlib.sha256(base64.b64decode(key)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def rows():
    Account.enable_unaudited_hdwallet_features()
    for source, phrase in PHRASES.items():
        phrase = phrase.strip()
        yield sha(phrase), f"seed phrase: {source}"
        for number in range(NUM_ACCOUNTS):
            account = Account.from_mnemonic(phrase, account_path=f"m/44'/60'/0'/0/{number}")
            yield account.address, f"account {number}: {source}"
            yield sha(account.key.hex().removeprefix("0x")), f"private key {number}: {source}"
    for source, key in KEYS.items():
        yield sha(key), f"private key: {source}"
        yield Account.from_key("0x" + key).address, f"account: {source}"
    for source, tokens in TOKENS.items():
        yield from ((sha(token), f"token: {source}") for token in tokens)
    yield from ((ssh_print(key), source) for source, key in SSH_KEYS.items())
    yield from ((key, "GitHub, its pages' signatures") for key in PGP_KEYS)
    yield from ((address, source) for source, address in ADDRESSES.items())
    yield from ((iban, "IBAN, example") for iban in IBANS)


HEAD = """\
# Keys, addresses and tokens that manuals and development tools give to everybody: no link comes of them.
#
# Built by corpora/programs/build_public_keys.py, which names each source; under the licence of this project. Secrets stand
# here as the SHA-256 of their one form (features::secret). First word: the value; the rest: what it is.
"""

OUT.write_text(HEAD + "".join(f"{value} {what}\n" for value, what in rows()))
