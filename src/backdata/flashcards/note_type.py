"""The note types of the deck: ids that never change, fields that are frozen, templates and style.

Anki takes a note for the same by its guid, and a note type for the same by its id and by the ids and number of its
fields and templates. Any other number makes every learner's import conflict, so spare fields and a spare template
wait here unused, and a test pins all of it: changing it means a new major version. Text and style may always change.
One note holds all cards of one question, so that a corrected fact touches one note and Anki keeps its cards apart.
"""

from __future__ import annotations

from backdata.apkg import Field, NoteType, Template

_DIFFER = (
    """{{#Dispute}}<div class="differ">{{Dispute}} What is taught here, and what do others say?</div>{{/Dispute}}"""
)
_FRONT = f"""<div class="question">{{{{Question}}}}</div>
{_DIFFER}"""

_BACK = """{{FrontSide}}
<hr id="answer">
<div class="answer">{{Answer}}</div>
{{#Picture}}<figure>{{Picture}}<figcaption>{{PictureCredit}}</figcaption></figure>{{/Picture}}
{{#MyNotes}}<div class="mine">{{MyNotes}}</div>{{/MyNotes}}
{{#Extra}}<details>
<summary>The whole map and the other facts, as of version {{Version}}</summary>
{{Extra}}
</details>{{/Extra}}
<div class="foot">
{{#Latin}}<p><i>{{Latin}}</i></p>{{/Latin}}
<p class="status">{{Status}}</p>
{{#Source}}<details class="sources"><summary>Sources</summary>{{Source}}</details>{{/Source}}
<p>backdata · {{Key}}</p>
</div>"""

_REVERSE_FRONT = """{{#Reverse}}<div class="question">{{Reverse}}</div>{{/Reverse}}"""
_REVERSE_BACK = _BACK.replace("{{Answer}}", '<p class="name">{{Muscle}}</p>\n{{Answer}}')
_LEVELS_FRONT = f"""{{{{#Levels}}}}<div class="question">{{{{Question}}}}</div>
<div class="levels">{{{{Levels}}}}</div>
{_DIFFER}{{{{/Levels}}}}"""
_SPARE_FRONT = """{{#Spare1}}<div class="question">{{Spare1}}</div>{{/Spare1}}"""
_SPARE_BACK = _BACK.replace("{{Answer}}", "{{Spare2}}")

_CSS = """.card { font: 20px/1.45 system-ui, sans-serif; color: #1d2733; background: #fff; text-align: left;
  max-width: 40rem; margin: 0 auto; padding: 1rem; }
.question { font-size: 1.2em; text-align: center; margin: 1rem 0; }
.differ { color: #8a5200; font-size: .75em; text-align: center; margin: .6rem 0; }
.levels { margin: 0 auto; max-width: 28rem; }
.gap { color: #1c5fa8; font-weight: 600; }
.name { font-size: 1.2em; font-weight: 600; text-align: center; }
hr { border: 0; border-top: 1px solid #c5ced8; }
h4, h5 { font-size: 1em; margin: .8em 0 .2em; }
h5 { font-weight: 500; text-decoration: underline; }
ul { margin: .2em 0; padding-left: 1.3em; }
p { margin: .3em 0; }
b.side { font-weight: 600; }
small { color: #5a6773; }
.others { margin-top: .8em; padding: .3em .8em; border-left: 4px solid #b26a00; background: #fff6e6; font-size: .85em; }
.others > p:first-child { font-weight: 600; }
.others details { margin: .2em 0; font-size: 1em; }
.scope, .withdrawn { font-style: italic; }
.scope { font-size: .85em; }
figure { margin: 1em 0; text-align: center; }
img { max-width: 100%; }
figcaption, .foot, details { font-size: .75em; }
figcaption, .foot { color: #5a6773; }
details { margin: 1em 0; }
summary { cursor: pointer; }
.mine { margin: 1em 0; padding: .3em .8em; border-left: 4px solid #2f7d4f; }
.foot details { margin: .3em 0; font-size: 1em; }
.foot { margin-top: 1.2em; border-top: 1px solid #c5ced8; padding-top: .4em; }
.foot a { color: #1c5fa8; }
.mobile .card, .mobile.card { font-size: 18px; padding: .6rem; }
.mobile summary { padding: .5em 0; }
.nightMode.card, .night_mode.card, .nightMode .card, .night_mode .card { color: #e3e8ee; background: #1b1f24; }
.nightMode small, .night_mode small, .nightMode figcaption, .night_mode figcaption, .nightMode .foot,
.night_mode .foot { color: #9aa7b4; }
.nightMode .others, .night_mode .others { background: #3a2c14; border-color: #e0a040; }
.nightMode hr, .night_mode hr, .nightMode .foot, .night_mode .foot { border-color: #414b56; }
.nightMode .differ, .night_mode .differ { color: #e0a040; }
.nightMode .gap, .night_mode .gap { color: #7fb4ee; }
.nightMode a, .night_mode a { color: #7fb4ee; }
.nightMode img, .night_mode img { background: #fff; border-radius: 6px; }
"""

FACT = NoteType(
    id=1795305600001,
    name="Backdata Fact",
    fields=(
        Field(1795305601001, "Key"),
        Field(1795305601002, "Muscle"),
        Field(1795305601003, "Latin"),
        Field(1795305601004, "Question"),
        Field(1795305601005, "Answer"),
        Field(1795305601006, "Extra"),
        Field(1795305601007, "Picture"),
        Field(1795305601008, "PictureCredit"),
        Field(1795305601009, "Source"),
        Field(1795305601010, "SourceURL"),
        Field(1795305601011, "Status"),
        Field(1795305601012, "Version"),
        Field(1795305601013, "Reverse", "A question whose answer is the muscle; without it there is no reverse card."),
        Field(1795305601014, "Levels", "The answer with gaps for its levels; without it there is no card for them."),
        Field(1795305601015, "Dispute", "Says on the front that sources differ, and on what."),
        Field(1795305601016, "MyNotes", "For you. An update that changes this note empties it: keep a copy."),
        Field(1795305601017, "Spare1"),
        Field(1795305601018, "Spare2"),
        Field(1795305601019, "Spare3"),
        Field(1795305601020, "Spare4"),
    ),
    templates=(
        Template(1795305602001, "Question", _FRONT, _BACK),
        Template(1795305602002, "Reverse", _REVERSE_FRONT, _REVERSE_BACK),
        Template(1795305602003, "Levels", _LEVELS_FRONT, _BACK),
        Template(1795305602004, "Spare", _SPARE_FRONT, _SPARE_BACK),
    ),
    css=_CSS,
    sort_field=1,
)
"""A question about a muscle or a group."""

_HIDDEN = """{{#Header}}<div class="question">{{Header}}</div>{{/Header}}
<div style="display: none">{{cloze:Occlusion}}</div>
<div id="image-occlusion-container">{{Image}}<canvas id="image-occlusion-canvas"></canvas></div>
<script>anki.imageOcclusion.setup()</script>"""
_SHOWN = f"""{_HIDDEN}
<hr id="answer">
{{{{#Back Extra}}}}<div class="answer">{{{{Back Extra}}}}</div>{{{{/Back Extra}}}}
{{{{#MyNotes}}}}<div class="mine">{{{{MyNotes}}}}</div>{{{{/MyNotes}}}}
<div class="foot"><p>{{{{Comments}}}}</p><p>backdata · {{{{Key}}}}</p></div>"""

DIAGRAM = NoteType(
    id=1795305600002,
    name="Backdata Diagram",
    fields=(
        Field(1795305601101, "Key"),
        Field(1795305601102, "Occlusion", tag=0),
        Field(1795305601103, "Image", tag=1),
        Field(1795305601104, "Header", tag=2),
        Field(1795305601105, "Back Extra", tag=3),
        Field(1795305601106, "Comments", tag=4),
        Field(1795305601107, "MyNotes", "For you. An update that changes this note empties it: keep a copy."),
        Field(1795305601108, "Spare1"),
        Field(1795305601109, "Spare2"),
    ),
    templates=(Template(1795305602101, "Diagram", _HIDDEN, _SHOWN),),
    css=_CSS,
    occlusion=True,
)
"""A map with names to find."""
