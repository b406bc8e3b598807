"""A web page as a tree: its encoding, what it states of itself, and which part of it is the letter."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers.lines import normalise
from rbzqa.readers.record import entry_of, facts_of
from rbzqa.types import Block

_HEAD = 4096  # bytes within which a page must say how it is encoded
_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_ENCODINGS = re.compile(r"utf-?8|us-ascii|iso-?8859-\d{1,2}|latin-?\d|windows-125\d|cp125\d|utf-?16(?:le|be)?", re.IGNORECASE)
_AS_WINDOWS = re.compile(r"us-ascii|iso-?8859-1|latin-?1", re.IGNORECASE)  # what browsers do, and what writers mean
_OFFICIAL = re.compile(r"[a-z]{1,8}-[\w-]{1,80}")
_PREFIXES = ("dc.", "dcterms.", "overheid", "dcterm.")
_MINISTRY = re.compile(r"ministerie van \S", re.IGNORECASE)
_SCHEMES = ("scheme", "title")  # rijksoverheid.nl puts the scheme of a statement in its title
_SITE = re.compile(r"( [-|] (?:[\w-]+ ?){1,4}){0,2} [-|] (?:www\.)?rijksoverheid(?:\.nl)?$", re.IGNORECASE)

_UNSEEN = frozenset(
    "script style template noscript head iframe object embed applet svg canvas audio video select option button input textarea datalist dialog del map".split()
)
_AROUND = frozenset("nav aside".split())
_CHROME = frozenset(
    "breadcrumb breadcrumbs breadcrumbnav kruimelpad skiplink skiplinks skip-link skip-links skip-to-content cookie cookies cookiebar cookie-bar"
    " cookiebanner cookie-banner cookiemelding cookie-consent share sharing social social-media socialmedia delen deel deel-deze-pagina searchform"
    " search-form zoekformulier navbar navigation navigatie main-navigation mainnav menu submenu toc inhoudsopgave sidebar kopregel voetregel"
    " site-header site-footer siteheader sitefooter page-footer follow-up feedback page-feedback pagefeedback related gerelateerd zie-ook zieook"
    " assistive sr-only visually-hidden visuallyhidden screen-reader-text hidden-print noprint pagination paginering languages language-switch".split()
)
_CHROME_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar dialog alertdialog".split())
_CHROME_HEADINGS = frozenset(
    "zie ook|delen|deel deze pagina|deel dit bericht|gerelateerd|gerelateerde informatie|meer over dit onderwerp|volg ons|service".split("|")
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CONTENT_IDS = ("broodtekst", "main-content", "maincontent", "content-wrapper", "content", "main", "inhoud", "main-column")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:fout|error)? ?404\b.*|.*\b(?:pagina|document|publicatie|bestand|page)\b.{0,40}\b(?:niet (?:gevonden|beschikbaar|aanwezig)|not found|bestaat niet).*"
    r"|not found|niet gevonden|helaas.{0,60}niet gevonden.*",
    re.IGNORECASE,
)
_DOWNLOAD = re.compile(r"(?:\w+-)?downloads?(?:-\w+)?")
_MAX_DOWNLOAD = 1500  # characters of text in a list of files to fetch
_MIN_SHARE = 0.3  # of the text of a page, for an element that is only likely to be the letter
_MAX_ERROR_PAGE = 3000  # characters of text
_MAX_TITLE = 120  # of such a page


def parse_page(data: bytes) -> etree._Element:
    """Decode and parse a page; nothing that it names is fetched or run.

    Raises:
        SourceError: empty, wrongly encoded, or nested too deep.
    """
    text = _DECLARATION.sub("", _decode(data), count=1)
    if "\0" in text:
        raise SourceError("er staan NUL-tekens in: dit is geen webpagina", "bewaar de pagina als UTF-8")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root: etree._Element | None = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("dit is geen leesbare webpagina", "bewaar de pagina opnieuw") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError("de webpagina is te diep genest om te lezen", "bewaar de tekst als PDF, DOCX of platte tekst")
    if root is None:
        raise SourceError("er staat geen tekst in", "haal het bestand weg of vul het")
    return root


def _decode(data: bytes) -> str:
    """The characters of a page: by its BOM, else as it declares, else UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    else:
        found = _CHARSET.search(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
        name = found[1].decode("ascii", "replace") if found else "utf-8"
        if not _ENCODINGS.fullmatch(name):
            raise SourceError(f"de tekenset {name[:40]!r} is onbekend", "bewaar de pagina als UTF-8")
        name = "cp1252" if _AS_WINDOWS.fullmatch(name) else "utf-8" if name.lower().startswith("utf") else name
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(f"de pagina is geen geldige {name.removesuffix('-sig').upper()}", "bewaar de pagina als UTF-8") from error


def page_facts(root: etree._Element) -> list[Block]:
    """What the page states of itself in its meta elements (DC, DCTERMS, OVERHEID)."""
    entries = [
        entry_of(meta.get("name", ""), _scheme(meta), " ".join(normalise(meta.get("content", "")).split()))
        for meta in root.iter("meta")
        if meta.get("name", "").lower().startswith(_PREFIXES)
    ]
    facts = facts_of(entries)
    creators = [entry.content for entry in entries if entry.key == "creator"]
    ministries = [Block("fact", name, label="ministry") for name in creators if _MINISTRY.match(name)]
    kept = [_as_stated(fact) for fact in facts if fact.label != "identifier" or _OFFICIAL.fullmatch(fact.text)]
    return list(dict.fromkeys([*kept, *ministries]))


def _scheme(meta: etree._Element) -> str:
    scheme = next((meta.get(name, "") for name in _SCHEMES if meta.get(name)), "")
    return "" if scheme.upper().startswith(("RIJKSOVERHEID.", "XSD.")) else scheme


def _as_stated(fact: Block) -> Block:
    """A fact without what is not its own: the name of the site behind a title, the time or period around a date."""
    if fact.label == "title":
        return Block("fact", _SITE.sub("", fact.text), label="title")
    day = re.search(r"\d{4}-\d\d-\d\d", fact.text) if fact.label == "date" else None
    return Block("fact", day[0], label="date") if day else fact


@dataclass(frozen=True, slots=True)
class Page:
    """The element that holds the letter, and the elements in it that are no part of it."""

    root: etree._Element
    dropped: frozenset[etree._Element]

    def is_dropped(self, node: etree._Element) -> bool:
        """Whether an element, with all that is in it, is not on the page or not of the letter."""
        return node in self.dropped or is_unseen(node)


def is_unseen(node: etree._Element) -> bool:
    """Whether a browser shows nothing of an element (or shows it as taken away: del)."""
    if node.tag in _UNSEEN or node.get("hidden") is not None or node.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDDEN.search(node.get("style", "")))


def letter_page(root: etree._Element) -> Page:
    """Find the letter on a page: its content element, else all of the body but what is around it."""
    body = root.find("body")
    body = root if body is None else body
    chosen = next(filter(has_text, _contents(body)), body)
    dropped = {node for node in chosen.iter() if isinstance(node.tag, str) and node is not chosen and _is_chrome(node)}
    dropped |= set(_by_heading(chosen))
    return Page(chosen, frozenset(dropped))


def _contents(body: etree._Element) -> Iterator[etree._Element]:
    """The elements that may hold the letter, the surest first."""
    seen = [node for node in body.iter() if isinstance(node.tag, str)]
    yield from (node for node in seen if node.tag == "main" or node.get("role", "").lower() == "main")
    articles = [node for node in seen if node.tag == "article"]
    by_id = {node.get("id", "").lower(): node for node in reversed(seen) if node.get("id")}
    likely = [*(articles if len(articles) == 1 else ()), *(by_id[key] for key in _CONTENT_IDS if key in by_id)]
    if likely:
        least = _length(body) * _MIN_SHARE
        yield from (node for node in likely if _length(node) >= least)


def _length(node: etree._Element) -> int:
    return sum(len(text.strip()) for text in _shown(node))


def has_text(node: etree._Element) -> bool:
    """Whether any letter stands in an element."""
    return any(any(map(str.isalpha, text)) for text in node.itertext())


def _is_chrome(node: etree._Element) -> bool:
    if node.tag in _AROUND or node.get("role", "").lower() in _CHROME_ROLES:
        return True
    if node.tag in ("header", "footer"):
        return node.tag == "footer" or not (_is_inside(node) and node.find(".//h1") is not None)
    if node.tag == "form":
        return not any(child.tag in ("h1", "article", "main") for child in node.iter())
    tokens = list(_tokens(node))
    return any(word in _CHROME for word in tokens) or (any(map(_DOWNLOAD.fullmatch, tokens)) and _is_download(node))


def _is_download(node: etree._Element) -> bool:
    """Whether an element that is named so offers files to fetch, and is not the page about one."""
    holds_link = node.tag == "a" or node.find(".//a") is not None
    return holds_link and node.find(".//h1") is None and len("".join(node.itertext())) <= _MAX_DOWNLOAD


def _is_inside(header: etree._Element) -> bool:
    """Whether a header is that of an article, and so holds its title, and not that of the site."""
    return any(above.tag in ("main", "article") or above.get("role") == "main" for above in header.iterancestors())


def _tokens(node: etree._Element) -> Iterable[str]:
    return f"{node.get('class', '')} {node.get('id', '')}".lower().replace("_", "-").split()


def _by_heading(root: etree._Element) -> Iterator[etree._Element]:
    """The blocks of links that a heading such as "Zie ook" announces."""
    for heading in root.iter(*_HEADINGS):
        if " ".join("".join(heading.itertext()).split()).strip(":").lower() not in _CHROME_HEADINGS:
            continue
        yield heading
        for after in heading.itersiblings():
            if after.tag in _HEADINGS or not (after.tag in ("ul", "ol", "p", "div") and after.find(".//a") is not None):
                break
            yield after


def check_is_found(root: etree._Element) -> None:
    """Refuse the page that a site gives instead of a piece that it does not have (FORMATS §6).

    Raises:
        SourceError: it says that nothing was found.
    """
    addresses = [node.get("href", "") for node in root.iter("link") if node.get("rel") == "canonical"]
    addresses += [node.get("content", "") for node in root.iter("meta") if node.get("property") == "og:url"]
    body = root.find("body")
    addresses += [f"{body.get('id', '')} {body.get('class', '')}"] if body is not None else []
    titles = [" ".join("".join(node.itertext()).split()) for node in (*root.iter("title"), *root.iter("h1"))]
    says = any("fout404" in address.lower() for address in addresses) or any(_MISSING.fullmatch(title) for title in titles[:3] if len(title) <= _MAX_TITLE)
    if says and body is not None and _length(body) < _MAX_ERROR_PAGE:
        raise SourceError("dit is een foutpagina: de site gaf het stuk niet", "haal het stuk opnieuw op onder zijn juiste nummer")


def _shown(body: etree._Element) -> Iterator[str]:
    for node in body.iter():
        if isinstance(node.tag, str) and node.tag not in _UNSEEN and node.text:
            yield node.text
        if node.tail and node is not body:
            yield node.tail
