"""The words that modify a subject, by what they do to it (see `modifiers`).

Drawn from how plans and board papers of 2013 to 2015 commit, hedge and put off; extended when a gold
plan showed a wording that was missed.
"""

# fmt: off
TERMS: dict[str, tuple[str, ...]] = {
    "COMMITMENT": (
        "will", "shall", "has agreed", "have agreed", "we have committed", "is to", "are to",
        "is commissioning", "we commission", "is rolling out", "are rolling out", "is investing",
        "we are investing", "has been commissioned", "have commissioned", "has set aside",
        "have set aside", "requires providers", "we require", "is required by contract", "is due",
        "are due", "from april", "starts in", "start in", "begins in", "goes live", "to fall to",
        "to rise to", "has adopted", "have adopted", "have jointly adopted", "has signed", "have signed",
        "is a condition of", "are a condition of", "has approved", "have approved", "is being rolled out",
        "are being introduced",
    ),
    "DONE": (
        "is in place", "are in place", "has been in place", "in post", "is in use", "was introduced",
        "were introduced", "has introduced", "have introduced", "has been set up", "have set up",
        "was launched", "now runs", "now meets", "has appointed", "have appointed", "is reported",
        "are reported", "is published", "are published", "is reviewed", "are reviewed",
        "have been reviewed", "has been reviewed", "rose from", "fell from", "led to", "stopped",
    ),
    "NEGATED": (
        "not", "no", "none", "neither", "nor", "never", "without", "nobody", "has yet to", "have yet to",
        "are yet to", "is yet to", "lack", "lacking", "absence of", "outside the scope", "remains outside",
        "does not form part", "has not been", "have not been", "cannot", "did not", "do not", "does not",
        "unable to",
    ),
    "HEDGED": (
        "may", "might", "could", "would like", "should", "ought to", "possibly", "potentially",
        "in principle", "where possible", "as far as possible", "subject to funding", "if resources allow",
        "if funding allows",
    ),
    "INTENTION": (
        "hope", "hopes", "aspire", "aspires", "aspiration", "intend to explore", "explore",
        "consider whether", "will consider", "will look at", "will be considered",
        "we support that direction", "would welcome", "keen to", "we recognise", "recognises that",
        "is important", "are important", "wish to", "ambition to", "in due course", "over time",
        "when resources allow",
    ),
    "TO_BE_CONFIRMED": (
        "to be confirmed", "to be agreed", "to be determined", "to be decided", "still to be", "yet to be",
        "to follow", "awaited", "awaiting", "is awaited", "to be inserted", "to be added", "will be added",
        "to be completed", "under discussion", "remain to be", "remains to be", "not yet available",
        "not yet agreed", "not yet decided",
    ),
    "NATIONAL": (
        "nationally", "national guidance", "NHS England expects", "NHS England asks", "the guidance",
        "commissioners should", "commissioners are", "CCGs are expected", "CCGs should",
        "every commissioner", "the government", "across England", "the Department of Health",
        "the mandate", "plans should", "patients should", "everyone should", "people should",
    ),
    "OTHERS_DUTY": (
        "is the responsibility of", "are the responsibility of", "responsibility rests with",
        "responsibility lies with", "rests with", "is a matter for", "are a matter for", "is for the council",
        "is for NHS England", "are for NHS England", "falls to the council", "falls to NHS England",
        "is commissioned by NHS England", "are commissioned by NHS England", "commissioned by the area team",
        "commissioned by the council", "is the council's", "the council is responsible", "the trust is responsible",
        "NHS England is responsible", "the area team is responsible", "we are not responsible",
        "we are not the commissioner", "we do not commission", "the CCG does not commission", "outside our remit",
        "not within our remit", "is led by the council", "is led by public health",
    ),
    "PLACEHOLDER": (
        "TBC", "TBA", "TBD", "XX", "xx%", "XX%", "£xx", "£xxm", "£X", "???", "Lorem",
    ),
}
PSEUDO = (
    "not only", "no later than", "not just", "no longer", "no fewer than", "no more than", "not less than",
    "no less than", "nurses alone", "without delay", "no one waits", "no decision about me", "without me",
    "there is no doubt", "not for profit", "did not attend", "do not attempt", "do not resuscitate",
    "zero tolerance", "if not before", "may 2014", "may 2015", "may 2016", "may 2017", "may 2018",
    "no health without mental health", "cannot travel", "cannot attend", "not on line",
)
TERMINATORS = (
    "but", "however", "although", "though", "except", "nevertheless", "yet", ";", ":", "which will",
    "and will",
)
PAST = (
    "was", "were", "had", "did", "last year", "last winter", "took", "spent", "fell", "rose", "began",
    "started", "led", "saw", "in 2011/12", "in 2012/13", "in 2011", "in 2012", "in 2013",
)
PRESENT = (
    "is", "are", "has", "have", "now", "do", "does", "continues", "continue", "remains", "remain", "runs",
    "run", "meets", "meet", "offers", "offer", "provides", "provide", "holds", "hold", "works", "work",
)
OPEN_BRACKETS = (
    "[insert", "[tbc", "[to ", "[xx", "[add", "[name", "[date", "[figure", "<insert", "[…", "[...",
)
# fmt: on
