"""Short names and spellings of forenames; up to each semicolon, one name and what else the child may be called."""

LINES = """
abdullah abdul; abigail abi abbie abby gail; adam ad; adrian ade; agnieszka aga; aleksander alex al olek; aleksandra
alex ola lexi; alexander alex al alec sandy xander zander; alexandra alex lexi lexie sandra sacha; alfred alf alfie
alfy fred freddie; alice ali allie; alison ali allie; amelia amy millie mia milly; andreea andrea andra; andrew andy
drew; andrzej andrew andy; angela angie ange; anna ania anya annie ana; anthony ant tony; antonia toni; antonio toni
tony; archibald archie archy; arthur art artie; augustus gus; barbara barb babs basia; bartosz bartek; beatrice bea
trixie bee; benjamin ben benji benny; bethany beth; bradley brad; bronwen bron; caitlin cait katie; callum cal;
cameron cam; camilla milla millie cami; caroline caz carrie lina; cassandra cass cassie; catherine cath cathy kate
katie cat; cecilia cece celia cissy; charles charlie chas chuck; charlotte charlie lottie charley char lotty; chloe
clo; christian chris; christina chris chrissy tina; christopher chris kit topher; clementine clem clemmie; connor
conor con; constance connie; daisy daise; daniel dan danny dani; danielle dani dannie; david dave davey dai; deborah
deb debbie debs; dominic dom nic; dorothy dot dottie; douglas doug dougie; edmund ed eddie ned; edward ed eddie ted
teddy ned; eleanor ellie elle nell nora ella; elizabeth liz lizzie beth eliza betty libby ellie elsie lily bess; ella
ellie; emily em emmy emmie millie; emma em; ethan eth; evangeline eva evie; eve evie; evelyn evie eve; ezekiel zeke;
fatima fati; felicity fliss flick; fergus ferg gus; finlay fin; florence flo florrie flossie; frances fran frankie;
francesca fran frankie chess; francis frank frankie; franklin frank frankie; frederick fred freddie freddy; gabriel
gabe gab; gabriella gabby ella gabi; gabrielle gabby elle; genevieve gen evie; george georgie; georgia georgie;
georgina georgie george gina; gerard gerry; gracie grace; gregory greg; gwendolyn gwen; hannah han; harold harry hal;
harriet hattie harry hats; harrison harry; harvey harv; heather heath; henrietta hettie etta; henry harry hal; ibrahim
ibby; imogen immy immie imo; imran immy; isaac izzy ike zac; isabella izzy bella issy izzie belle; isabelle izzy belle
issy izzie; isobel izzy issy izzie bel; jacob jake jay; jacqueline jackie; jakub kuba; james jim jimmy jamie jay; jan
janek; jasmine jas jazz jaz; jennifer jen jenny jenna; jeremiah jez jerry; jeremy jez jerry; jessica jess jessie;
joanna jo asia; joanne jo; john johnny jon jack; jonah joe; jonathan jon jonny jonty; joseph joe joey jo; josephine jo
josie posy; joshua josh; judith jude judy; julia jules; julian jules; juliet jules; karolina karo lina; katarzyna
kasia kate; katherine kate katie kath kathy kitty kat; kathryn kate katie kath kathy; kenneth ken kenny; kieran kier;
krzysztof kris krzys; kyle ky; lauren loz laurie; laurence larry laurie; lawrence larry laurie; leo leon; leonard len
lenny leo; leonardo leo; lewis lew lou; liam lee; lillian lily lil; lily lil; logan logie; louis lou louie; louisa
lou; louise lou lulu; lucas luke luca; lucinda lucy cindy; lucy luce lulu; lukasz luk; luke lucas; lydia lyd;
madeleine maddy maddie; madison maddie maddy; malgorzata gosia margaret; margaret maggie meg peggy greta daisy mags;
maria mia; martha marti; martin marty; mason mase; mateusz matt mati mateo matthew; matilda tilly tilda mattie tillie;
matthew matt matty; maximilian max maxi; maxwell max; megan meg megs; melanie mel; melissa mel lissa; michael mike
mikey mick micky mickey; mikolaj mik nicholas; mildred millie; millicent millie; mitchell mitch; mohamad mo moh;
mohamed mo moh; mohammad mo moh; mohammed mo moh; molly moll mol; muhammad mo moh; muhammed mo moh; natalia nat talia
tash; natalie nat; natasha tash nat tasha; nathan nate nath; nathaniel nat nate nathan; nicholas nick nicky nico;
nicola nicky nic; nikodem niko nik; oleksandr sasha alex olek; oleksandra sasha alex olesia; oliver ollie oli olly;
olivia liv livvy ollie olive livi livia; oluwaseun seun; oluwatobi tobi; oscar ozzy osc; owen owe; pamela pam;
patricia pat trish tricia patsy; patrick pat paddy rick; penelope penny pen nell; peter pete; philip phil pip;
philippa pip pippa; piotr piotrek; poppy pops; priscilla cilla; rachel rach; rafael raf rafa; rebecca becca becky bex
becs; reginald reggie reg; reuben rube; rhiannon rhi; richard rich richie rick ricky dick; robert rob bob bobby robbie
bert; roberta bobbie robbie; rosalind ros roz; rose rosie; rosemary rose rosie; rosie rose; ruby rubes; rupert rupe;
russell russ; ruth ruthie; sabrina brina; samantha sam sammy sammie; samuel sam sammy; sarah sally; scarlett scar
lettie; scott scotty; sebastian seb bas basti; shannon shan; simon si; siobhan shiv; sophia soph; sophie soph sophia;
stanislaw stan staszek; stanley stan; stefan steve; stephanie steph stef; stephen steve stevie ste; steven steve
stevie ste; susan sue suzie susie; sydney syd; tabitha tabby tabs; tatiana tania tanya; theodora thea theo dora;
theodore theo ted teddy; theresa tess tessa terry; thomas tom tommy thom; timothy tim timmy; tobias toby; tomasz
tomek; tristan tris; valentina val tina; vanessa ness nessa; veronica ronnie vera; victor vic vik; victoria vicky tori
vic vikki tory; vincent vince vinny; violet vi; vivian viv; vladimir vlad vova; volodymyr vova vlad; wiktoria wika
vicky; wilfred wilf will fred wilfie; william will bill billy liam wills; winifred winnie freddie; xavier xav; yevhen
zhenya eugene; zachariah zac zak zach; zachary zac zach zack zak; zakariya zak zac; zofia zosia; zuzanna zuza susan
zuzia
"""
SPELT = """
abdullah abdulla abdallah; ahmed ahmad ahmet; aidan aiden aydan ayden; aisha ayesha aysha aishah; aleksander
alexander; antek antec; aoife eefa efa ifa; ayaan ayan; bartosz bartosh; caitlin kaitlyn katelyn caitlyn; caoimhe
keeva kweeva keva kiva keira; catherine katherine kathryn katharine; cian kian keane kean; ciaran kieran kieron
keiran; dmytro dmitri dimitri dima; eesa isa esa issa; eilidh ailie; eoin owen eoghan owain; fatima fatma fatimah;
finlay finley findlay; fionn finn fin; grainne grawnya gronya; hannah hanna hana; hussain hussein husain hussayn;
ibrahim ebrahim ibraheem; isabelle isabel isobel isabella; jakub jacob; jakub yakub jakob; kacper casper kasper;
katarzyna katarina kateryna katerina; khadija khadijah kadija; lily lilly lillie; lukasz lucas; lukasz lucash wukash;
malgorzata margosha; mariam maryam miriam; maryam mariam marium; mateusz mateush; michal michael; mohammed mohammad
muhammad mohamed mohamad muhammed muhamed; niamh neve neev nieve neave; oisin usheen osheen osheen; oskar oscar;
patryk patrick; phoebe phebe; piotr peter; roisin rosheen rosheen; ruairi ruari rory; saoirse seersha sersha; saoirse
sorsha searsha; sarah sara; sean shaun shawn; sian sharn sharne shan; siobhan shivaun; siobhan shivaun shavon shevaun;
sofia sophia zofia sophie sofie; sofiya sofiia sophia; stephen steven; sumayyah sumaya sumaiya summayah sumayah; tadhg
tige tiger tyg; tomasz thomas; tyrone tyron; umar omar umer; wiktor victor viktor; wiktoria victoria; wojciech voytek
wojtek; yusuf yousef yousuf yusef; zainab zaynab; zakariya zakaria zachariah; zayn zain zayan zane; zosia zosha
"""


def also_called() -> dict[str, frozenset[str]]:
    """For each name, folded, everything else the same child may be called: the short for the long, and the reverse."""
    return _both_ways(LINES)


def also_spelt() -> dict[str, frozenset[str]]:
    """For each name, folded, its other spellings: another child may well have one of them, so they need more."""
    return _both_ways(SPELT, among_all=True)


def _both_ways(lines: str, *, among_all: bool = False) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for names in (line.split() for line in lines.split(";")):
        for name in names if among_all else names[:1]:
            found.setdefault(name, set()).update(names)
        for other in names:
            found.setdefault(other, set()).update(names[:1])
    return {name: frozenset(others - {name}) for name, others in found.items()}
