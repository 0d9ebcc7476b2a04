"""Words by which people say, or let us fear, that nobody knows where a child is; or that they think it is in school."""

NOBODY_KNOWS_WHERE = (
    r"^wheres? (?:is |are )?(?:my )?\w+$",
    r"\bno sign of (?:him|her|them|\w+)\b(?! (?:a |the )?(?:rash|fever|temp|infection|it|improvement|any))",
    (
        r"\b(?:hasnt|has not|havent|have not|didnt|did not|never|not) (?:yet )?(?:returned|(?:come|came|"
        r"been) back)\b(?! (?:to|in|into|at|from|with) )"
    ),
    r"\bnot been seen\b|\babscond|\b(?:called|rung|phoned|told|ringing|calling) the police\b",
    r"\b(?:is|are|has got|gone|went|got) lost\b|\b(?:she|he|they) (?:was|were|is|are|had) gone\b",
    r"\bbed (?:has ?nt|hasnt|has not|wasnt|was not) been slept\b|\bran out of the (?:house|door|car|gate)\b",
    r"\b(?:walked|wandered|run|ran|stormed) off\b(?! (?:with|his|her) (?:a|the|cold))",
    r"\btaken (?:him|her|them|\w+) and\b|\b(?:wont|will not|refuses to) (?:bring|give) (?:him|her|them) back\b",
    (
        r"\bnot (?:been )?(?:brought|returned|given) (?:him |her |them )?back\b|\btell me (?:if )?(?:he|she|"
        r"they) (?:got|is|are)\b"
    ),
    r"\bnie wroci\w+\b|\b(?:run|ran|running) out of\b(?! (?:time|money|medicine|inhaler|nappies|tablets|calpol|milk))",
    (
        r"\bnot (?:returned|brought|given) (?:him|her|them|\w+) back\b|\bhas not returned (?:him|her|them)\b|"
        r"\bhasnt returned (?:him|her|them)\b"
    ),
    r"\bsays (?:he|she|they)s? ?(?:is not|isnt|arent|are not|not) (?:there|with|here)\b",
    r"\b(?:confirm|tell me|let me know) (?:that |if |whether )?(?:\w+ ){1,2}is (?:there|in|at school|in school)\b",
    r"\b(?:is|are|shes|hes|theyre) not (?:at home|here|home|there)\b|\bisnt (?:at home|here|there)\b",
    r"\bself ?harm|\bself harmed\b|\bfollowed (?:him|her|them|\w+) (?:to|home|on)\b|\bsuicid|\boverdose",
    (
        r"\bnie wiem gdzie\b|\buciekl\w* z\b|\bno se donde\b|\bnu stiu unde\b|\bne sais pas ou\b|"
        r"\bnahi pata kaha\b|\bnao sei onde\b"
    ),
    (
        r"\b(?:dont|do not|doesnt|does not|didnt|no|not sure|not certain|no clue|clueless) (?:\w+ ){0,3}?(?:where|"
        r"whereabouts) (?!(?:the|it|this|that)\b)(?:\w+ ){0,3}?(?:is|are|was|has|have|gone|went|hes|shes|"
        r"theyre|he|she|they|got to|been|"
        r"went)\b(?! (?:got|getting|caught|picked) )(?<!where it is)(?<!where it was)"
    ),
    r"\b(?:know|ask|check|see|wondering|find out) (?:if|whether|that) (?:\w+ ){1,3}(?:in|at) school\b",
    r"\b(?:left(?! a)|set off|set out)\b.*\b(?:never met|not met|no answer|voicemail|not there|never arrived|hasnt)\b",
    (
        r"^(?:hi |hello |morning |good |just |checking |please )*is (?:(?!going|coming|not)\w+ ){1,2}in(?: today|"
        r" school| yet| this morning)?$"
    ),
    (
        r"\b(?:his|her|their|\w+s) phones? (?:is |keeps |are |been |has been )?(?:going |goes |"
        r"gone )?(?:straight )?to (?:answer|voice)\w*"
    ),
    r"\bnobody (?:has |have |had )?(?:come|came|answer\w*|opened)\b",
    r"\bno answer (?:at|from) the (?:door|house)\b",
    (
        r"\b(?:child|kid|boy|girl|pupil|lad|student)(?: \w+){0,3} (?:in|wearing) (?:ur|your|school|the school|"
        r"our) uniform\b"
    ),
    r"\balert\b.*\b(?:isnt|not) (?:\w+ )?in\b",
    (
        r"\b(?:has|have|did|is) (?:(?!not|unable|able|going|to)\w+ ){1,3}(?:got|get|gotten|made it|make it|"
        r"arrived|reached|come|gone) (?:\w+ )?(?:to|at|into) (?:school|class|you)\b"
    ),
    r"\b(?:got|get|gets|made it|arrived|there|in) (?:to school )?(?:ok|okay|safe|safely|alright)\b",
    r"\bset off (?:on|by|alone|without|him|her|at|to)\b",
    r"\bnot answered (?:his|her)\b",
    (
        r"\b(?:text|txt|message|call|email|letter|you|app|system|alert|notification)(?: \w+){0,6} (?:say|says|saying|"
        r"said|telling|tells|marked)(?! to\b)(?: \w+){0,6} (?:absent|isnt marked|not marked|isnt in|not in|"
        r"isnt at|not at|"
        r"missing|isnt there|not arrived|hasnt arrived|not there)\b(?! on (?:mon|tue|wed|thu|fri))"
    ),
    (
        r"\b(?:dropped|took|walked|left) (?:him|her|them|\w+) (?:\w+ ){0,4}(?:at|to|off at|into) (?:the )?(?:gate|"
        r"gates|door|school|playground|breakfast)\b(?=.*\b(?:absent|not in|isnt in|check|where|missing|look)\b)"
    ),
    (
        r"\b(?:she|he|they) (?:went|left|walked|cycled)(?: \w+){0,6} (?:at|before|with|"
        r"this morning)\b(?=.*\b(?:look again|check|absent|not there|not in)\b)"
    ),
    r"\bplease (?:look again|check (?:again|if|whether|she|he|they))\b",
    r"\b(?:no idea|not sure) where (?:he|she|they)\b(?! (?:got|caught|picked|gets|get) )",
    r"\bdont know where\b",
    r"\bdo not know where\b",
    r"\bdoesnt know where\b",
    r"\bwhere(?: \w+)? (?:is|are) (?:he|she|they|my (?:son|daughter|child|boy|girl))\b(?! class)",
    r"\b(?:cant|cannot|can not|couldnt) (?:find|get hold of|get through to|reach|locate) (?:him|her|them|my)\b",
    (
        r"\b(?:thought|assumed|think|believed|presume[d]?|understood) (?!it\b)(?:\w+ ){0,3}(?:was|were|is|had (?:come|"
        r"gone|got)|went|came|d gone|got) (?:\w+ ){0,2}(?:in|at|to|into)(?: (?:school|class|today|"
        r"this))?\b(?! (?:hospital|bed|home|a|the))"
    ),
    r"\bthought (?:he|she|they|\w+) (?:was|were) (?:in|there|with you)\b",
    (
        r"\b(?:has|have|did|is) (?:he|she|they|\w+) (?:(?!not|unable|able|going|to)\w+ )?(?:arrived?|turned up|turn up|"
        r"got in|get in|come in|"
        r"get there|got there|made it in|make it in|come into school|showed up|show up)\b"
    ),
    (
        r"^(?:\w+ ){0,2}is (?:he|she|my \w+|\w+) (?:there|in school|at school|with you|in class)(?: (?:today|"
        r"yet|please|now))*$"
    ),
    r"\b(?:ran|run|runs) (?:away|off)\b",
    (
        r"(?<!pass )(?<!jumper )(?<!cardigan )(?<!coat )(?<!bag )(?<!bottle )(?<!book )(?<!box )\b(?:gone|"
        r"went|is|has been|"
        r"been|reported) missing\b(?! (?:school|his|her|pe|a|the|lunch))"
    ),
    r"\bdisappear",
    r"\bnot (?:come|came|been|got|returned|arrived) home\b",
    (
        r"\b(?:didnt|did not|hasnt|has not|never) (?:come|came|been|got|return\w*|arrived?) (?:back )?(?:home|"
        r"to us)\b"
    ),
    r"\bwasnt (?:in (?:his|her) (?:bed|room)|there when|home)\b",
    r"\b(?:not in|bed (?:is |was |has )?(?:empty|not been slept)) (?:his|her)? ?(?:bed|room)?\b(?<=bed)",
    r"\bbed (?:is|was) empty\b",
    r"\bwalked out\b",
    r"\bstormed (?:out|off)\b",
    r"\b(?:havent|have not|hasnt|not) (?:seen|heard from) (?:him|her|them|my)\b",
    r"\bnobody (?:has )?(?:seen|knows)\b",
    r"\bnot (?:answering|picking up)\b",
    (
        r"\b(?:left|set off|went off|set out|walked|gone) (?:\w+ ){0,5}(?:has|have|hasnt|havent|did|didnt|"
        r"not) (?:\w+ ){0,3}(?:arriv|turn|reach)"
    ),
    r"\btaken (?:him|her|them|\w+) (?:without|and (?:wont|will not|refus))",
    r"\bkidnap|\babduct",
    r"\bslipped away\b",
    r"\bgave (?:me|us|her|him) the slip\b",
    (
        r"\b(?:should|supposed to|meant to) be (?:\w+ )?(?:in|at|there)(?: school| class)?\b(?! (?:back|fine|"
        r"ok))(?=.*\b(?:if not|but|call|ring)\b)"
    ),
    r"\b(?:turned|went|ran|headed) (?:back|round|around|the other way) (?:\w+ ){0,3}(?:and|on the way)\b",
    r"\bleft without (?:saying|telling)\b",
    r"\bsnuck out\b|\bsneaked out\b|\bclimbed out\b",
    r"\b(?:his|her|their) phone is off\b",
    r"\bgot out of the (?:car|taxi) and\b",
)
