"""A workbook file as what it is, a zip of XML parts: those that nobody changes stay as they are, to the byte."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import cast
from xml.dom.minidom import Document, Element, Node, Text
from zipfile import BadZipFile, ZipFile

from backdata.bundle import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
_NO_RELATIONS = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTES = {**_IN_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}


class Uncopyable(Exception):
    """A file that no copy can be made of. The message is a sentence that names the cause."""


class Package:
    """The parts of one file, by name; XML parts are parsed when they are asked for and written anew only then."""

    def __init__(self, data: bytes) -> None:
        try:
            with ZipFile(BytesIO(data)) as archive:
                self.parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        except (BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise Uncopyable(f"it is no workbook in the form .xlsx, or it is damaged ({error})") from error
        self._trees: dict[str, Document] = {}

    def tree(self, name: str) -> Element:
        """The root element of an XML part. What is changed in it goes into the file."""
        if name not in self._trees:
            from defusedxml.minidom import parseString  # type: ignore[import-untyped]

            try:
                self._trees[name] = parseString(self.parts[name])
            except KeyError:
                raise Uncopyable(f"a part of it is missing ({name})") from None
            except Exception as error:  # expat's and defusedxml's own, for damage and for bombs
                raise Uncopyable(f"a part of it is damaged ({name}: {error})") from error
        return cast("Element", self._trees[name].documentElement)

    def put(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part, or replace one."""
        self.parts[name] = content
        self._trees.pop(name, None)
        types = self.tree(_TYPES)
        for each in _children(types, "Override"):
            if each.getAttribute("PartName") == f"/{name}":
                each.setAttribute("ContentType", content_type)
                return
        append(types, "Override", PartName=f"/{name}", ContentType=content_type)

    def drop(self, name: str) -> None:
        """Take a part away, and what says that it is there."""
        self.parts.pop(name, None)
        self.parts.pop(_relations_of(name), None)
        self._trees.pop(name, None)
        self._trees.pop(_relations_of(name), None)
        for each in list(_children(self.tree(_TYPES), "Override")):
            if each.getAttribute("PartName") == f"/{name}":
                self.tree(_TYPES).removeChild(each)
        for relations in [part for part in self.parts if part.endswith(".rels")]:
            owner = posixpath.join(posixpath.dirname(posixpath.dirname(relations)), posixpath.basename(relations)[:-5])
            if name in self._targets(owner):
                for each in list(_children(self.tree(relations), "Relationship")):
                    if _target(owner, each) == name:
                        self.tree(relations).removeChild(each)

    def _targets(self, owner: str) -> list[str]:
        return [target for _, _, target in self.related(owner)]

    def related(self, owner: str, kind: str = "") -> Iterator[tuple[str, str, str]]:
        """(id, kind, part) of the parts that a part refers to; ``kind`` is the last word of the relation's name."""
        if (name := _relations_of(owner)) in self.parts:
            for each in _children(self.tree(name), "Relationship"):
                found = each.getAttribute("Type").rsplit("/", 1)[-1]
                if each.getAttribute("TargetMode") != "External" and (not kind or found == kind):
                    yield each.getAttribute("Id"), found, _target(owner, each)

    def relate(self, owner: str, kind: str, target: str) -> str:
        """Let a part refer to another. Returns the id of the relation."""
        name = _relations_of(owner)
        self.parts.setdefault(name, _NO_RELATIONS)
        self.default_type("rels", "application/vnd.openxmlformats-package.relationships+xml")
        relations = self.tree(name)
        taken = {each.getAttribute("Id") for each in _children(relations, "Relationship")}
        id = next(f"rId{number}" for number in range(len(taken) + 1, 2 * len(taken) + 3) if f"rId{number}" not in taken)
        append(relations, "Relationship", Id=id, Type=f"{RELATIONS}/{kind}", Target=f"/{target}")
        return id

    def free(self, pattern: str) -> str:
        """A name for a new part: ``pattern`` with the first number that is not taken."""
        taken = {name.casefold() for name in self.parts}
        number = 1
        while pattern.format(number).casefold() in taken:
            number += 1
        return pattern.format(number)

    def default_type(self, ending: str, content_type: str) -> None:
        """Say what files with an ending are, where nothing says so yet."""
        types = self.tree(_TYPES)
        if all(each.getAttribute("Extension").casefold() != ending for each in _children(types, "Default")):
            new = append(types, "Default", Extension=ending, ContentType=content_type)
            types.insertBefore(new, types.firstChild)

    def data(self) -> bytes:
        """The bytes of the file; they depend on nothing but its content."""
        changed = {name: (_HEAD + written(self.tree(name))).encode() for name in self._trees}
        return zipped({**self.parts, **changed})


def children(element: Element, name: str = "") -> list[Element]:
    """The child elements, or those of a name, whatever prefix the file writes before it."""
    return list(_children(element, name))


def child(element: Element, name: str) -> Element | None:
    """The first child element of a name."""
    return next(_children(element, name), None)


def append(parent: Element, name: str, before: Node | None = None, /, **attributes: str) -> Element:
    """A new last child (or one before another) with the same prefix as its parent."""
    document = cast("Document", parent.ownerDocument)
    prefix = f"{parent.prefix}:" if parent.prefix else ""
    new = document.createElementNS(parent.namespaceURI, prefix + name)
    for key, value in attributes.items():
        new.setAttribute(key, value)
    parent.insertBefore(new, cast("Element | None", before))
    return new


def cloned(element: Element) -> Element:
    """An element with all that is in it, for another place, where its prefix may mean nothing."""
    clone = cast("Element", element.cloneNode(True))
    clone.setAttribute(f"xmlns:{element.prefix}" if element.prefix else "xmlns", str(element.namespaceURI))
    return clone


def words(element: Element) -> str:
    """All text below an element, but not how an East Asian word in it is read aloud."""
    return "".join(
        words(node) if isinstance(node, Element) else node.data
        for node in element.childNodes
        if (isinstance(node, Element) and node.localName != "rPh") or isinstance(node, Text)
    )


def say(element: Element, text: str) -> None:
    """Put text into an element, its spaces and lines kept."""
    element.setAttribute("xml:space", "preserve")
    element.appendChild(cast("Document", element.ownerDocument).createTextNode(storable(text)))


def storable(text: str) -> str:
    """Text without the characters that no XML may hold, which Excel writes as their number."""
    return "".join(
        letter if letter >= " " or letter in "\t\n\r" else f"_x{ord(letter):04X}_"
        for letter in text
        if not ("\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff")
    )


def written(node: Node) -> str:
    """An element as XML. The standard library's own writer would turn line ends in attributes into spaces."""
    if node.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
        return str(node.nodeValue).translate(_IN_TEXT)
    if not isinstance(node, Element):
        return ""
    attributes = "".join(f' {name}="{value.translate(_IN_ATTRIBUTES)}"' for name, value in node.attributes.items())
    inside = "".join(map(written, node.childNodes))
    return f"<{node.tagName}{attributes}>{inside}</{node.tagName}>" if inside else f"<{node.tagName}{attributes}/>"


def _children(element: Element, name: str = "") -> Iterator[Element]:
    for node in element.childNodes:
        if isinstance(node, Element) and (not name or node.localName == name):
            yield node


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(owner: str, relation: Element) -> str:
    target = relation.getAttribute("Target")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
