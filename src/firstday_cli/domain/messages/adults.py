"""Words that tell a child who is spoken of from the sender, from staff, and from words that only look like names."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _set("mr mrs ms miss dr sir madam mister mx headteacher reverend rev")
OF_THE_SENDER = _set(
    "mum mums mom mam mummy mother dad daddy father parent parents nan nana nanna gran granny grandma grandmother "
    "grandad grandfather carer stepmum stepdad stepmother stepfather auntie aunt aunty uncle childminder foster mama "
    "tata baba ammi abbu"
)  # fmt: skip
OF_ANOTHER = _set(
    "sister brother cousin friend friends mate teacher class classmate dog cat pet twin niece nephew neighbour house "
    "family little big older younger baby"
)  # fmt: skip
ADULT_AFTER = _set(
    "manager caretaker teacher ta assistant cook governor headteacher staff driver receptionist secretary cleaner "
    "tutor senco mum mom dad mother father parent nan gran grandma grandad carer childminder auntie aunt uncle"
)  # fmt: skip
SPEAKING = _set("here calling ringing speaking phoning writing")
BEFORE_A_SENDER = (
    "this is", "my name is", "i am", "im", "its", "it is", "name is", "from", "calling from", "sunt", "jestem", "soy",
    "sono", "je suis", "sou", "ben",
)  # fmt: skip
SIGNING_OFF = _set(
    "thanks thank regards wishes cheers love sincerely faithfully thankyou ta many x xx xxx from best kind dziekuje "
    "pozdrawiam gracias multumesc merci shukran"
)  # fmt: skip
FAMILY = _set("children kids twins girls boys family siblings brothers sisters household girl boy lot")
VERBS_AFTER_A_NAME = _set(
    "is has was isnt wont cant hasnt wasnt had doesnt didnt woke feels felt came needs got seems looks s caught fell "
    "threw vomited cannot being"
)  # fmt: skip
SAID_OF_A_CHILD = _set("not off are poorly ill sick unwell absent hes shes still again today home came come be")
NAMES_THAT_ARE_WORDS = _set(
    "will may hope grace mark rose art bill pat rob sue faith joy april june august summer autumn dawn eve holly "
    "penny lily daisy poppy ray drew chase miles dean earl king prince princess precious blessing favour star sky "
    "storm river reed clay cliff frank grant guy iris heather hazel amber ruby pearl angel destiny heaven honey "
    "harmony major rain bay sage wren robin jay ash rich sandy van so an son do my man long young see on in bell max "
    "mo al jo bo ed em nat ben sam kit bea dot ant con dom dan ali liv tia mia gene lee page paige crystal olive ivy "
    "rosie victor christian trinity justice noble dot chance mercy patience prudence charity constance peace wade "
    "tanner cooper mason carter hunter tyler taylor jordan paris london chelsea india asia kenya israel bear wolf fox "
    "rocky sonny buddy junior biscuit tilly sunny dusty billie reggie red blue scarlett violet jade coral sienna tan "
    "brown gray teddy ted art tony nan ola tash fin mick nick rick josh dash bash ace jet fern moss forrest clover "
    "ken bob dee kay ty vi rea ray ria amin noor nur iman amen aman dua hana june noel carol"
) - _set(
    "mo ben sam dan ali mia lily daisy poppy ruby amber tilly teddy reggie scarlett violet ivy rosie paige josh tony "
    "mason carter hunter tyler taylor jordan max jade sienna billie victor liv tia kit nat ria hana noor iman nick "
    "chelsea ken bob carol olive holly robin jay fern iris hazel heather angel"
)  # fmt: skip
PLAIN_WORDS = _set(
    "a about absence absent absense after afternoon again ago all already also always am an and any anything "
    "appointment appreciate apologies are as ask at attend attendance away back bad be because bed been before being "
    "best better bit both bring bug but by call called came can cannot care chest child children class cold come "
    "coming could cough dad daughter daughters day days dear dentist diarrhoea did do doctor doctors does doing dont "
    "down due during early ear either email ending english even everyone feel feeling feels fever few fine first flu "
    "following for form forward friday from full get getting give go going good got great had half has have having he "
    "head headache headteacher hello her here hi him his hope hopefully home hospital hot how hi i if ill im in "
    "infection is isnt it its just keep keeping kind know last late let letting like little look made make many may "
    "maybe me message mon monday mum more morning most mother much must my name need night no normal not nothing "
    "november now of off office ok okay on once one only or other our out over parent please pm poorly primary pupil "
    "quite rang reason reception regarding regards re really rest result ring rather ro said same sat saturday school "
    "see seems sent she should sick sickness since sister sleep so some someone something son sore sorry soon spoke "
    "still stomach sun sunday sure take teacher teachers team tell temperature thank thanks that the their them then "
    "there they thing this thought throat through throwing thu thurs thursday time to today together tomorrow tonight "
    "too took tue tues tuesday tummy twice two under unfortunately unwell up update urgent us very virus voicemail "
    "vomiting wait want was we wed wednesday week weekend well were what when where which while who why will wish "
    "with won wont would year years yes yesterday yet you your yours sir madam mr mrs ms miss x xx xxx boys girls "
    "girl boy kids twins both lots love sent iphone android fwd fw note notes notice number phone text reply query "
    "question trip dinner lunch club form signed nursery year hiya morning evening ref attn attention fao unable able "
    "half part asap pls plz thx bless poor awful terrible christmas eid diwali ramadan funeral wedding holiday flight "
    "covid chickenpox tonsillitis norovirus conjunctivitis"
)  # fmt: skip
OF_STAFF = _set(
    "kitchen servery supply agency shift timesheet payroll governor governors servers colleague rota "
    "hr invoice engineer plumber contractor electrician inspector delivery interview"
)  # fmt: skip
OF_A_MACHINE = _set(
    "voicemail voice mail call calls missed accepted received answered message messages new you have has a the in left "
    "attachment attachments from on at of duration seconds second minutes sec secs min mins number caller phone fax via"
)
TO_BE_TRUSTED = _set(
    "hi hello hey dear sir madam all team office school good morning afternoon evening this is its just letting let "
    "you know to that a an message about for from on behalf of re mum dad mother father parent here speaking calling "
    "ringing i am im my son daughter child children boy girl are has have had be been being will wont not isnt arent "
    "cant cannot unable she he they shes hes theyre her his him them their both off sick absent absence ill poorly "
    "unwell with and bad awful terrible nasty high cold cough temperature temp headache tummy stomach bug ache upset "
    "sore throat flu covid fever infection ear eye chest home at in bed keeping keep kept staying stay coming come "
    "attend attending attendance well very really feeling feel today 2day again still unfortunately sorry afraid "
    "thanks thank many kind regards best wishes please x xx class year form group night last vomiting vomited "
    "diarrhoea throwing up thrown sickness virus rash chickenpox pox chicken tonsillitis migraine so as due because "
    "therefore according started antibiotics pain pains twice heavy stays pupil reason degrees yr able make it into "
    "or the hiya hun salaam assalamu alaikum nan grandma grandad got gets quite since weekend early hours overnight "
    "proper little down out woke woken some few one too also me us our miss mrs mr ms till until tomorrow monday "
    "tuesday wednesday thursday friday week rest"
)  # fmt: skip
