"""Words by which people say that a child is not away now: late, coming, better, leaving early, or only asked about."""

IS_COMING = (
    r"^(?:but )?in (?:school|today|class|as normal|as usual)(?: today)?$",
    r"\bname (?:is )?fine\b",
    r"\b(?:left|leaves) (?:home|here|the house|for school|at \d|with|on time)\b",
    r"\b(?:went|gone|off|walked|goes) to school\b(?! sick)",
    (
        r"\b(?:sent|put|watched|saw|dropped|took) (?:him|her|them|\w+) (?:to school|on the|go in|"
        r"in(?:to)? school|at the|off)\b"
    ),
    r"\b(?:taxi|bus|minibus|escort) (?:\w+ )?(?:picked|collected|took)\b|\bshould be in school\b|\breached school\b",
    r"\b(?:is|are|shes|hes) well(?: again| now| today)?$|\bis well and\b|\bnot with (?:me|us)\b",
    r"\bspozni\w*\b",
    r"\b(?:he|she|they) (?:come|go) (?:today|to school|in|as normal)\b",
    r"\bwill bring\b(?!.*\b(?:lunch|dinner|afternoon)\b)",
    r"\bbring(?:ing)? (?:him|her|them|\w+) in\b",
    r"(?<!not )\bto be in school\b",
    r"\breturn(?:ing|s)? to school\b",
    r"\bback with you\b",
    r"\b(?:both |all )?(?:at|in) school$",
    (
        r"\blate\b(?! (?:notice|notification|message|email|reply|last|night|yesterday|in telling|to tell|to ring|"
        r"to let))"
    ),
    r"\brunning (?:a )?(?:bit |little )?(?:late|behind)\b",
    r"\boverslept\b",
    r"\boverslep\b",
    r"\bslept in\b",
    r"\bslept through\b",
    r"\btraffic\b",
    r"\bmissed (?:the|his|her|their|our) (?:bus|train|taxi|lift)\b",
    r"\bappointments?\b",
    r"\bappt\b",
    r"\bdentists?\b",
    r"\borthodontist\b",
    r"\bopticians?\b",
    r"\bcollect(?:ed|ing|s)?\b",
    r"\bpick(?:ed|ing)? (?:\w+ )?(?:up|\w+ up)\b",
    r"\bpick up\b",
    r"\b(?:on|in) (?:her|his|their|our|my|the) way\b",
    r"\bon way\b",
    r"\bomw\b",
    r"\bleave early\b",
    r"\bleaving early\b",
    r"\bearly finish\b",
    r"\bdropp(?:ed|ing) (?:\w+ ){0,2}(?:off|at|in)\b",
    r"\bat the gate\b",
    (
        r"\b(?:much|feeling|all|lot|bit|little|feels|fully|is|now|shes|hes|seems|"
        r"completely) (?:\w+ )?better\b(?! (?:off|by|tomorrow))"
    ),
    r"\bback (?:in|at|to) (?:school|class|today|now|as)?",
    r"\b(?:is|be|are|hes|shes|theyre|will be|am) back\b",
    r"\b(?:coming|come|comes) (?:back )?in\b",
    r"\bcoming (?:back )?to school\b",
    (
        r"\b(?:will|ll|should|can|theyll|shell|hell) (?:(?!not\b|be\b|wont\b|never\b)\w+ )?(?:be|come|"
        r"join) (?:(?!not\b|off|staying|stay|back|kept)\w+ )?(?:in|along|there|with you|at school|fine)\b(?! bed|"
        r" hospital| the hospital| tears| pain)"
    ),
    r"\b(?:is|are|hes|shes|theyre|was) (?:\w+ )?(?:in|at) school\b",
    r"\bin as (?:normal|usual)\b",
    r"\b(?:he|she|they|child|kids?) (?:is|are|was|were) (?:\w+ )?fine\b",
    (
        r"\b(?:hes|shes|theyre) (?:(?!not\b|never\b|isnt\b|un|very un)\w+ )?(?:fine|ok|okay|alright|all right|"
        r"well)\b(?! enough)"
    ),
    r"\bperfectly (?:well|fine|ok|healthy)\b",
    r"\bright as rain\b",
    r"\brecovered\b",
    (
        r"\b(?:not|isnt|wasnt|never|nothing|werent|arent) (?:\w+ ){0,2}(?:sick|ill|poorly|unwell|absent|off|"
        r"serious)\b(?! enough)"
    ),
    r"\bno longer\b",
    r"\bignore\b",
    r"\bdisregard\b",
    r"\bfalse alarm\b",
    r"\bcancel(?:led)? (?:his|her|the|that) (?:absence|message)\b",
    (
        r"\b(?:was|were|been|being) (?:\w+ )?(?:off|absent|ill|poorly|away|sick|unwell)(?: \w+){0,3} (?:on (?:mon|"
        r"tue|wed|thu|fri)\w*|last (?:week|mon|tue|wed|thu|fri)\w*|yesterday|over the weekend|at the weekend)\b"
    ),
    r"\b(?:has|have|already|is|are|shes|hes) (?:already )?(?:gone|went) in\b(?! labour)",
    r"\bgone in\b(?! labour)",
    r"\b\d+ ?(?:min|mins|minutes)\b",
    r"\bhalf an hour\b",
    r"(?<!not )(?<!quite )(?<!isnt )\bwell enough\b",
    r"(?<!not )\bfit enough\b",
    r"(?<!not )(?<!isnt )\bfit for school\b",
    r"\b(?:may|might|could) be in\b",
    r"\b(?:is|are|shes|hes|theyre|be) in (?:today|school|this|as|class)\b",
    (
        r"\b(?:is|are|shes|hes|theyre|will) (?:(?!not\b|isnt\b|never\b|no\b)\w+ )?(?:comin|coming|come|attending|"
        r"going in|going to school|go to school|in today)\b"
    ),
    r"(?<!not )(?<!t )(?<!no )\b(?:go|goes|going|come|comes|coming) to school\b",
    r"\b(?:brought|bringing|sent|sending|taking) (?:him|her|them|\w+) in\b",
    r"(?<!no )(?<!not )\bcome$",
    r"\blost property\b",
    r"\bjumper\b",
    r"\bcardigan\b",
    r"\b(?:breakfast|after ?school|football|chess|art|choir|netball|dance|homework|coding|\w+) club\b",
    r"\bin error\b",
    r"\bby mistake\b",
    r"\bplay ?time\b",
    r"\bright as rain\b",
    r"\bgoing home\b",
    r"\bwalk(?:ing)? home\b",
    r"\btaking (?:\w+ )?out\b",
    r"\bneeds? (?:to be |to )?(?:collect|leav|go)\w*",
    r"\bwill (?:be )?(?:need|leav)\w*",
    r"\b(?:joining|attending) (?:after|later|from)\b",
    r"\bmarked (?:as )?(?:absent|late|off|n)\b",
    r"\b(?:forgot|forgotten|left) (?:his|her|their)\b",
    r"\bschool dinners?\b",
    r"\bpacked lunch\b",
    r"\binhaler\b",
    r"\bmedicine at\b",
    r"\bgive (?:him|her|them)\b",
    r"\bsit out\b",
    r"\bexcused from\b",
    r"\bno pe\b",
    r"\bpe\b",
    r"\bgames\b",
    r"\bcan (?:he|she|they)\b",
    (
        r"\bcould (?:he|she|they|you|someone|somebody) (?:please )?(?:give|keep an|check|let (?:him|her|them)|"
        r"make sure)\b"
    ),
)
OF_A_RECORD = (
    r"\b(?:not|wont|never|isnt|cant) (?:be |been |due to be |able to |going to )*(?:staying|stay|keeping|"
    r"keep|kept|at home|home|off|being off)\b|"
    r"\b(?:was|were|been) (?:\w+ )?(?:in hospital|off|away|kept (?:off|home)|at home)\b"
    r"(?!.*\b(?:since|still|again|today|this morning)\b)|"
    r"\b(?:may|might) not\b|\bperked up\b|"
    r"\b(?:not|isnt|arent|wasnt|werent|never|nor) (?:\w+ )?(?:off|absent|ill|sick|poorly|unwell)\b(?! enough)|"
    r"\b(?:marked|not|wasnt|isnt|was|were|been|being|saying|recorded|down|says|that \w+|why \w+) (?:as |is |"
    r"was |down as )*absent\b"
)
OF_A_CLUB = (
    r"\b(?:a )?place in\b|\badmissions?\b|\bleave of absence\b|\babsence request\b|\bsomeone else\b|"
    r"\bclubs?\b|\bswimming\b|\bpractice\b|\brehearsal\b|\btrip\b|\bmeeting\b|\bdetention\b"
)
OFF_OTHERWISE = (
    r"\bit (?:is|was|will be|be) off\b|\bis it off\b|"
    r"\b(?:want\w*|ask\w*|like|wish\w*|hop\w*|begg\w*) (?:\w+ ){0,3}off\b|\b(?:drop\w*|taking|take|took|"
    r"send\w*|switch\w*|turn\w*|set|setting|shak\w*|wear\w*|log\w*|fell|fall\w*|came) (?:\w+ ){0,2}off\b"
)
THIS_AFTERNOON = r"^(?!.*(?:morning|all day|today)).*\b(?:this|the) afternoon\b"
ONLY_IF = r"\b(?:might|may (?:still )?(?:be|have)|if|unless|in case|whether)\b"
SENT_OFF = (
    r"\b(?:left (?:home|here|the house|for school|at \d)|sent (?:him|her|them|\w+) to school|went to school|"
    r"gone to school|reached school|(?:put|watched|saw|dropped|took) (?:him|her|them|\w+) (?:on the|go in|"
    r"in(?:to)? school|"
    r"at the|off)|(?:is|are) (?:\w+ ){1,2}(?:there|in school|at school))\b"
)
DISBELIEF = (
    r"\b(?:your|the|a|got|had) (?:text|txt|message|call|email|alert|letter)\b|\bwhy (?:the|this|am i)\b|"
    r"\bwhat do you mean\b|"
    r"\bdefinitely\b|\bas (?:usual|normal|always)\b|\bconfirm\b|\babsence alert\b|\bunexplained\b|\bplease check\b"
)
