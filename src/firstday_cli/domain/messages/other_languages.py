"""The same in other languages that families write in: Polish, Romanian, Spanish, Portuguese, French, Urdu, Punjabi,
Bengali, Turkish, Lithuanian, Hungarian, Italian, Somali, Ukrainian, Russian, Bulgarian, Albanian, Arabic, Chinese.
"""

AWAY = r"""
nie przyjdzie|nie bedzie|nie pojdzie|nie moze przyjsc|nieobecn\w*|zostanie w domu|zostaje w domu|nu vine|
nu va veni|nu poate veni|nu merge|nu va merge|nu ajunge|lipse\w*|va lipsi|absent\w*|no ira|no va a ir|
no puede ir|no va|no podra|no asistira|no vendra|no viene|no va a venir|nao vai|nao pode ir|nao ira|falta hoje|
ne viendra pas|ne sera pas|ne peut pas venir|ne vient pas|nahi aa\w*|nahin aa\w*|nai aa\w*|nahi ayeg\w*|
nahi ay\w*|nahi ja\w*|school nahi|skool nahi|chutti|asbe na|aste parbe na|school e jabe na|jabe na|
jete parbe na|gelemeyecek|gelmeyecek|gelemez|gelemiyor|okula gel\w*|nebus|neateis|negales|neis|nem megy|nem tud|
non verra|non viene|non puo venire|ma imaan\w*|ma iman\w*|kama imaan\w*|не прийде|не буде|не піде|не придёт|
не придет|не будет|не сможет|не зможе|няма да|nuk vjen|nuk do te vije|لن يأتي|لن تأتي|لن يحضر|يحضروا|لن تحضر|
لا يستطيع|لا تستطيع|غائب|غائبة|غياب|不能来|不来|请假
"""
ILL = r"""
chor[yaei]\w*|goraczk\w*|gryp\w*|wymiot\w*|biegunk\w*|boli\w*|kaszel|kaszle|przeziebi\w*|bolnav\w*|febra|
raceal\w*|racit\w*|varsa\w*|vomita\w*|diaree|tuse\w*|enferm\w*|fiebre|resfria\w*|malito|malita|gripe|mal de|
doente|febre|constipad\w*|malade|fievre|grippe|bimar|beemar|bimaar|bemar|bukhar|bukhaar|bokhar|tabiyat|tabiat|
kharab|khansi|pait dard|ulti\w*|oshust\w*|osustho|jor|jwor|hasta|hastalan\w*|ates\w*|serga|karsciuoja|beteg|
lazas|malat\w*|febbre|xanuun\w*|jiran|jirran|buka|qandho|хвор\w*|захвор\w*|температур\w*|кашля\w*|боле\w*|
заболе\w*|больн\w*|болен|болна|i semure|e semure|temperatur\w*|ethe|مريض|مرضى|مريضة|حرارة|حمى|سخونة|تعبان|
تعبانة|生病|发烧|感冒
"""
NOT_NOW = r"""
spozni|spozniony|spoznion\w*|spozni sie|intarzi\w*|llegara tarde|llega tarde|tarde hoy|en retard|vai atrasar|
atrasad\w*|gec kalacak|vejlu\w*|vėluos|(?<!nie )bedzie(?! chor)|wraca do szkoly|(?<!nie )przyjdzie|
(?<!nu )(?<!nu va )(?<!nu poate )vine\b|(?<!ne )priyde|(?<!ne )pridet|(?<!no )viene\b|aayega\b|aa raha|aa rahi|
czuje sie (?:juz )?dobrze|revine la scoala|(?<!nu )vine la scoala|(?<!no )va al colegio|запізни\w*|опозда\w*|
lepszy juz|سيتأخر|ستتأخر
"""
SICKNESS = r"""
wymiot\w*|biegunk\w*|varsa\w*|vomit\w*|diaree|diarrea|diarreia|diarrhee|ulti\w*|рвот\w*|блю\w*|понос|пронос
"""
