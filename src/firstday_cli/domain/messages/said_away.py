"""Words by which people say that a child is away: not coming, kept at home, off; ill or hurt, or in mourning.

Every pattern is matched against folded words: small letters, no accents, no apostrophes, one blank between.
"""

NOT = (
    r"(?:wont|won t|will not|wnt|isnt|is not|is nt|arent|are not|not|cant|cannot|can not|couldnt|unable to|"
    r"wouldnt|aint|shant|never|no longer able to|too (?:ill|poorly|sick|unwell|tired|upset|anxious|weak) to)"
)
COMES = (
    r"(?:(?:be )?(?:able to |going to |gonna |well enough to |fit to |"
    r"up to )*(?:be )?(?:in(?! (?:a|an|the|his|her|my|our|pain|bits|tears|touch|trouble|time|hurry|front|charge)\b)|"
    r"(?:with us|with you|at school|in school|in class|there|getting|having|seeing|"
    r"coming|comin|come|attend|attending|attendance|joining|going in|going to school|go to school|go in|"
    r"make it|making it|make school|get to school|get there|getting in|get in|get (?:him|her|them) (?:in|to|"
    r"there)|bring|bringing|send|sending|take (?:him|her|them) (?:in|to)|in attendance|present|"
    r"available)\b(?! after)|back (?:in|to|at|until|till|today|this|tomorrow|before|on|mon|tue|wed|thu|fri)))"
)
OFF = (
    r"(?:off (?:school|sick|ill|poorly|today|this|all|again|for|until|till|with|due|2day|work school|tomorrow|"
    r"on|mon|tue|wed|thu|fri|as|because|too|both|also|in bed|now|next|the (?:rest|week|whole)|since)|(?:is|be|"
    r"are|was|hes|shes|theyre|being|stay|staying|having|keep|kept|keeping|has|have|having|had|got|theyre|them|"
    r"her|him|\w+s) (?:\w+ ){0,2}off$|off$)"
)
AT_MIDDAY = (
    r"\b(?:join|in|come|coming|joining|back|drop|bring|with you)(?: \w+){0,4} (?:for|after|at|"
    r"by) (?:the )?(?:lunch|dinner|afternoon|pm)\b"
)
ABSENT = (
    r"\b(?:is|be|are|being|hes|shes|theyre) away\b(?! in\b)",
    r"\b(?:cant|cannot|unable to|not able to|couldnt) get (?:\w+ ){1,3}in\b",
    r"\b(?:staying|stopping) with (?:me|us|nan|gran\w*|his|her|my|family|friends)\b",
    r"\bno school\b(?! (?:dinners?|meals?|uniform|run))",
    rf"\b{NOT} (?:\w+ ){{0,2}}{COMES}",
    rf"\b{OFF}",
    AT_MIDDAY,
    (
        r"\bnone of (?:(?:them|us|mine)|(?:the |my )?(?:\w+ )?(?:children|kids|boys|girls|"
        r"lot))(?: will)?(?: be)?(?: \w+)? (?:in|today|coming)\b"
    ),
    r"\bnot go\b",
    r"\bstays? (?:in|at) home\b",
    r"\bnot (?:(?:be|being) )?in\b(?! (?:a|the (?:best|mood)|great|good))",
    r"\bneither (?:\w+ ){0,3}(?:will|is|are|can|today|going|well|coming)\b",
    r"\bneither of them today\b",
    r"\bexcuse (?!me\b|my\b|the\b|us\b)\w+",
    r"\b(?<!going )home today\b",
    r"\bno (?:go|come|going|coming) (?:to )?school\b",
    r"\b(?:today|she|he|is) no (?:come|coming|go)\b",
    r"\bnot (?:quite |really )?fit (?:for|to)\b",
    r"\bso not in\b",
    r"\bnot attend",
    r"\bnot (?:quite )?(?:well|fit|good) enough (?:for|to)\b",
    r"\bnot up to (?:school|coming|it)\b",
    r"\b(?:leave|leaving|left) (?:him|her|them) (?:off|home|at home|in bed|with (?:me|us|nan|gran))\b",
    r"\bwill (?:\w+ )?miss (?:the |all )?(?:whole |entire |of )?(?:morning|day|school|today|lessons)\b",
    r"\bsame again\b",
    r"\b(?:doesnt|dont|does not|do not) (?:come|go)\b",
    r"\b(?:will not|wont) be$",
    r"\bthats a no\b",
    (
        r"\b(?:keep|keeping|kept|keepin)(?: \w+){1,4}? (?:off(?! (?:the|his|her|their))|home|at home|in bed|away|"
        r"back|with (?:me|us|nan|gran))\b"
    ),
    r"\b(?:keep|keeping|kept|had to keep)(?: \w+){0,3}? (?:off|home)\b",
    r"\bkeeping at home\b",
    (
        r"\b(?:stay|staying|stays|stayed|remain|remaining|resting|rest|is|be|are|hes|shes|theyre|"
        r"being) (?:\w+ )?(?:at )?home\b(?! time)"
    ),
    r"\bday off\b",
    r"\bmorning off\b",
    r"\btime off\b",
    r"\bhaving (?:a|the) (?:\w+ )?off\b",
    r"\babsent\b",
    r"\b(?:have|has|having|had|need|needs|got) to miss\b",
    r"\b(?:week|days?|today|morning) at home\b",
    r"\bno school (?:for|today|2day|this)\b",
    r"\bmiss(?:ing|es)? (?:school|today|the day|class|lessons|a day|this morning|the morning)\b",
    r"\bwill miss\b(?! (?:the|his|her|pe|club|swimming|lunch))",
    r"\bwont (?:see|be seeing)\b",
    r"\bdo not expect (?:him|her|them)\b",
    r"\bdont expect (?:him|her|them)\b",
    r"\b(?:out of|away from) school\b",
    r"\bauthori[sz]e(?:d)? absence\b",
    r"\bbed ?ridden\b",
    r"\bunable (?:to )?(?:come|attend)\b",
    r"\bnot sending\b",
    r"\bawol\b",
    r"\bi have (?:told|said) \w+ to stay\b",
    r"\bsigned off\b",
    r"\bunavailable\b",
    r"\bself isolat",
    r"\bquarantin",
    r"\b(?:has|is|was|been) (?:been )?admitted\b",
    r"\bin (?:the )?(?:hospital|a and e|a e|ae|childrens ward|resus)\b",
    r"\bkept in (?:over ?night|hospital)\b",
    r"\bwe are (?:still )?(?:in|stuck in|away in|abroad)\b",
    r"\bflight (?:was|is|has been|got|home|back)?(?: \w+){0,3} ?(?:cancel|delay)",
    r"\bsnowed in\b",
    r"\bcelebrat(?:e|es|ing) (?:eid|diwali|vaisakhi|rosh|yom|orthodox)\b",
    (
        r"\b(?:at|attend|attending|for|to|going to)(?: \w+){0,4} (?:funeral|wedding|burial|janazah|christening|"
        r"graduation)\b"
    ),
    r"\bday of (?:eid|mourning)\b",
)
ILLNESSES = """
ill|poorl\\w*|porly|poorley|pourly|poorely|unwell|unwel|sick(?! of\b)|sik|sicky|under the weather|temp|temps|
temprature|temperture|tempriture|tempreture|tempature|temperature|temperatures|fever\\w*|feaver|vom|vomit\\w*|
vommit\\w*|diarr?h?\\w*|dior?rh?o?e?a|the runs|d and v|d v|tummy|stomach|stomache|belly ?ache|bug|headache|
head ache|hedache|migraine|cough\\w*|cold|flu|influenza|covid|chicken ?pox|pox|hand foot|scarlet|tonsil\\w*|
ear ?ache|ear infection|ears?|infection|sore throat|throat|conjunctivitis|pink eye|rash|asthma|wheez\\w*|chest|
croup|impetigo|slapped cheek|measles|mumps|norovirus|noro|virus|viral|nits|lice|up all night|no sleep|bad night|
rough night|terrible night|awful night|hardly slept|not slept|didnt sleep|hasnt slept|in bed|bed rest|broken|
fractured?|sprain\\w*|twisted|dislocat\\w*|concuss\\w*|bumped (?:his|her) head|injur\\w*|burn(?:t|ed)|scald\\w*|
operation|surgery|procedure|toothache|abscess|allerg\\w*|hives|swollen|dizzy|faint\\w*|seizure|fit this morning|
anxi\\w*|panic attack|meltdown|refus\\w*|school refus\\w*|throwing up|thrown up|threw up|chucking up|been sick|
bereave\\w*|passed away|died|death|funeral|period pains?|cramps|sunburn|worms|scabies|shingles|pneumonia|
bronchitis|malaria|angina|appendi\\w*|collarbone|lost (?:his|her) voice|voice|glandular|laryngitis|gastro\\w*|
bladder|kidney|hernia|eczema|ringworm|sinus\\w*|eye infection|uti|water infection|nose ?bleed\\w*|exhausted|
shattered|wiped out|not right|washed out|peaky|lurgy|lurgi|snotty|streaming|bunged up|green around|rotten|
dreadful|horrendous|delirious|burning up|boiling|roasting|shivering|clammy|pale|achy|aching|aches|limping|
crutches|cast|plaster cast|stitches|blister\\w*|spots|gurdwara|gurpurab|mandir|eid|religious observance|pink eye|
red eye|contagious|infectious|antibiotics|calpol|nurofen|paracetamol|111|ambulance|gp said
""".replace("\n", "")
UNWELL = (
    r"\babsen[sc]e\b(?! (?:letter|line|policy|rate|record|form|note))",
    rf"\b(?:{ILLNESSES})\b",
    (
        r"\bnot (?:\w+ )?(?:well|feeling|100|great|good|himself|herself|themselves|themself|too clever|too good|"
        r"very well|a hundred)\b"
    ),
    r"\bisnt (?:\w+ )?(?:well|right|great|himself|herself|good|feeling)\b",
    r"\b(?:feel|feels|feeling|felt) (?:\w+ )?(?:bad|rough|awful|terrible|crap|grotty|lousy|iffy|hot|worse)\b",
    r"\bworse\b",
    r"\bhurt(?:s|ing)? (?:his|her|their)\b",
    r"\bcaught (?:it|the|a|something)\b",
    r"\b(?:has|have|got) it (?:now|too|as well)\b",
    r"\bpain in\b",
    r"\b(?:38|39|40) \d\b",
    r"\bperiod pain\b",
    r"\bbroke (?:his|her|a)\b",
    r"\bcome out in\b",
    r"\bcome down with\b",
    r"\bcoming down with\b",
    r"\bdown with\b",
    r"\bgone down with\b",
    r"\bno better\b",
    r"\b(?:not|isnt|still not|arent|doesnt (?:feel|seem)) (?:any |much )?better\b",
)
HAS_SICKNESS = (
    (
        r"\bvomit\w*|\bvommit\w*|\bthrowing up\b|\bthrown up\b|\bthrew up\b|\bchuck\w* up\b|\bdiarr?h?\w*|"
        r"\bdior?rh?o?e?a\b|\bthe runs\b|\bd and v\b|\bnorovirus\b|\bnoro\b"
    ),
    (
        r"\b(?:tummy|stomach) (?:bug|upset)\b|\bupset (?:tummy|stomach)\b|\bsickness\b|"
        r"\bsick (?:\w+ )?(?:in the night|twice|three|four|\d|last night|this morning|all night|again|overnight|"
        r"everywhere|several|a few|a couple|during|through)\b"
    ),
    (
        r"\b(?:been|being|was|is being|were) (?:\w+ )?(?:physically |violently )?sick\b|\bsick bug\b|\bthrew\b|"
        r"\bpuk\w+\b"
    ),
)
