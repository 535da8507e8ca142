# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The classes, and the words that stand for the class "unknown" in training and, others, in the test."""

import pathlib

LABELS = (pathlib.Path(__file__).parent / "labels.txt").read_text().split()
KEYWORDS = LABELS[:-2]
UNKNOWN = LABELS.index("unknown")
SILENCE = LABELS.index("silence")

# None sounds like a keyword or like one of the test's. The first lines hold the keywords' near neighbours.
TRAINING_UNKNOWN_WORDS = """
    dumb crown gum ghost grow coal cold row bow toe lesson chef laugh leaf note near snow knee oven in am own want light
    rice ride wide height shop staff but ace us hub yellow yard you chess yawn
    town dawn done duck doubt brown noun gown drown gone goat gold goal goose girl got dough
    lift loft leg let less led lead loaf rest guess yet chest west best dress desk
    nose gnome nor now new nut known load low slow show so throw
    often office ought cough sauce laws odd ox awe dock con swan calm palm arm aunt long song
    night lie rye ripe ride bite kite fight tight line fine wine mine rhyme rate rot root
    step stock stuck store stay star tap top soup drop slop spot state steep stoop hop
    cup cut puff pup bus bug mud sun hug rub tub ugly other upper
    guest mess yesterday bless press yell wedge
    apple water table paper window door garden river mountain music letter summer winter morning evening coffee tea
    bread milk sugar salt green black white purple orange paint road train boat plane car wheel engine doctor teacher
    student mother father sister brother child hand foot head face mouth teeth hair fish horse cow sheep mouse lion
    rain wind cloud sun moon sky open close turn volume please thanks hello computer machine number question answer
    money market village city country people minute hour week month year never always maybe because under over
    around between after again air animal baby ball bank big blue box boy bridge call can change church clean clock
    color come cook could day dinner dream drink drive earth east eat egg end every eye fall family farm fast fire
    floor flower food friend front full game give glass good great group half hard have hear heart heavy help here high
    history hope hot idea island job jump keep kitchen land language large last late law learnt life list listen little
    live lock look loud lunch make man map meat metal middle name nation nature need news nice north ocean oil old
    order page pen picture piece place plan plant play power price pull push quick quiet race radio read ready red
    room run safe school science sea season second seed sell sentence shape ship shoe short side silver simple sing
    sit size sleep small smile soft sound south space speak spring square stand start steel stone story street strong
    such sure sweet system talk tell test thing think ticket time today together tomorrow travel true try uncle
    understand use valley very voice wait walk wall war warm wash watch wave way weather well wild wish wood work world
    wrong young
""".split()
TEST_UNKNOWN_WORDS = """
    zero one two three four five six seven eight nine bed bird cat dog happy house marvin sheila tree wow backward
    forward follow learn visual
""".split()
