"""Names that stemmers do not join: countries and their adjectives, capitals, abbreviations.

One line a name: the canonical token, then every form of it in Dutch and English, folded (lower
case, no diacritics; ``_`` joins the words of one form). A capital that stands for a government gives its own token and its country's.
"""

_COUNTRIES = """
afghanistan: afghaans afghaanse afghaan afghanen afghaansen afghan afghans
albanie: albanees albanese albanezen albania albanian
algerije: algerijns algerijnse algerijnen algeria algerian
angola: angolees angolese
argentinie: argentijns argentijnse argentina
armenie: armeens armeense armeniers armenia armenian
australie: australisch australische australia australian
azerbeidzjan: azerbeidzjaans azerbeidzjaanse azerbaijan azerbaijani azeri
bahrein: bahreins bahreinse bahrain
bangladesh: bengalees bengalese
belarus: wit_rusland wit_russisch wit_russische belarussisch belarussische wit_russen belarusian
belgie: belgisch belgische belgen belgium belgian
benin: beninees beninese
bolivia: boliviaans boliviaanse
bosnie: bosnisch bosnische bosniers bosnia bosnian bosnie_herzegovina bosnia_and_herzegovina
brazilie: braziliaans braziliaanse brazil brazilian
bulgarije: bulgaars bulgaarse bulgaren bulgaria bulgarian
burkina: burkinees burkinese burkina_faso
burundi: burundees burundese
cambodja: cambodjaans cambodjaanse cambodia
canada: canadees canadese canadezen canadian
chili: chileens chileense chile
china: chinees chinese chinezen volksrepubliek
colombia: colombiaans colombiaanse
congo: congolees congolese congolezen drc
cuba: cubaans cubaanse cubanen
cyprus: cypriotisch cypriotische cyprioten
denemarken: deens deense denmark danish
duitsland: duits duitse duitsers germany german
egypte: egyptisch egyptische egyptenaren egypt egyptian
eritrea: eritrees eritrese eritreeers
estland: estisch estische esten ests estse estonia
ethiopie: ethiopisch ethiopische ethiopiers ethiopia ethiopian
filipijnen: filipijns filipijnse philippines
finland: fins finse finnen finnish
frankrijk: frans franse fransen france french
georgie: georgisch georgische georgiers georgia georgian
ghana: ghanees ghanese
griekenland: grieks griekse grieken greece greek
guinee: guinees guinese guinea
haiti: haitiaans haitiaanse
hongarije: hongaars hongaarse hongaren hungary hungarian
ierland: iers ierse ieren ireland irish
india: indiaas indiase indiers indian
indonesie: indonesisch indonesische indonesia
irak: iraaks iraakse irakees irakese irakezen iraq iraqi
iran: iraans iraanse iraniers iranian
israel: israelisch israelische israeliers israeli
italie: italiaans italiaanse italianen italy italian
ivoorkust: ivoriaans ivoriaanse
japan: japans japanse japanners japanese
jemen: jemenitisch jemenitische jemenieten yemen yemeni
jordanie: jordaans jordaanse jordaniers jordan
kazachstan: kazachs kazachse kazachen kazakhstan
kenia: keniaans keniaanse kenya
kirgizie: kirgizisch kirgizische kirgizstan
koeweit: koeweits koeweitse kuwait
kosovo: kosovaars kosovaarse kosovaren
kroatie: kroatisch kroatische kroaten croatia
letland: lets letse letten latvia
libanon: libanees libanese libanezen lebanon lebanese
libie: libisch libische libiers libya libyan
litouwen: litouws litouwse litouwers lithuania
luxemburg: luxemburgs luxemburgse luxembourg
maleisie: maleisisch maleisische malaysia
mali: malinees malinese malinezen
marokko: marokkaans marokkaanse marokkanen morocco moroccan
mauritanie: mauritaans mauritaanse
mexico: mexicaans mexicaanse
moldavie: moldavisch moldavische moldova moldaviers
montenegro: montenegrijns montenegrijnse
mozambique: mozambikaans mozambikaanse
myanmar: birma birmees birmese burma
nederland: nederlands nederlandse nederlanders netherlands dutch
nepal: nepalees nepalese
nicaragua: nicaraguaans nicaraguaanse
niger: nigerees nigerese
nigeria: nigeriaans nigeriaanse
noordkorea: noord_korea noord_koreaans noord_koreaanse dprk north_korea
noordmacedonie: noord_macedonie noord_macedonisch noord_macedonische north_macedonia
noorwegen: noors noorse noren norway
oeganda: oegandees oegandese uganda
oekraine: oekraiens oekraiense oekraieners ukraine ukrainian ukrainians
oezbekistan: oezbeeks oezbeekse uzbekistan
oostenrijk: oostenrijks oostenrijkse austria
pakistan: pakistaans pakistaanse pakistanen pakistani
palestina: palestijns palestijnse palestijnen palestine palestinian palestinians
peru: peruaans peruaanse
polen: poolse poland polish
portugal: portugees portugese portugezen
qatar: qatarees qatarese
roemenie: roemeens roemeense roemenen romania
rusland: russisch russische russen russia russian russians
rwanda: rwandees rwandese
saoedi: saoedisch saoedische saoediers saoedi_arabie saudi_arabia
senegal: senegalees senegalese
servie: servisch servische serven servier serviers serbia serbian
slovenie: sloveens sloveense slovenen slovenia
slowakije: slowaaks slowaakse slowaken slovakia
soedan: soedanees soedanese soedanezen sudan sudanese
somalie: somalisch somalische somaliers somalia
spanje: spaans spaanse spanjaarden spain spanish
srilanka: sri_lanka sri_lankaans sri_lankaanse
suriname: surinaams surinaamse
syrie: syrisch syrische syriers syria syrian syrians
tadzjikistan: tadzjieks tadzjiekse tajikistan
taiwan: taiwanees taiwanese
tanzania: tanzaniaans tanzaniaanse
thailand: thais thaise
tsjaad: tsjadisch tsjadische chad
tsjechie: tsjechisch tsjechische tsjechen czechia czech
tunesie: tunesisch tunesische tunisia
turkije: turks turkse turken turkey turkish
turkmenistan: turkmeens turkmeense
venezuela: venezolaans venezolaanse venezolanen
vietnam: vietnamees vietnamese
vk: verenigd_koninkrijk brits britse britten groot_brittannie united_kingdom britain british uk
vs: verenigde_staten amerikaans amerikaanse amerikanen united_states american americans usa
zimbabwe: zimbabwaans zimbabwaanse
zuidafrika: zuid_afrika zuid_afrikaans zuid_afrikaanse south_africa
zuidkorea: zuid_korea zuid_koreaans zuid_koreaanse south_korea
zuidsoedan: zuid_soedan zuid_soedanees zuid_soedanese south_sudan
zweden: zweeds zweedse sweden swedish
zwitserland: zwitsers zwitserse zwitsers switzerland
"""

_CAPITALS = """
kaboel: afghanistan: kabul
peking: china: beijing
newdelhi: india: new_delhi delhi
moskou: rusland: moscow kremlin
kiev: oekraine: kyiv kyjiv
minsk: belarus:
ankara: turkije:
teheran: iran: tehran
bagdad: irak: baghdad
damascus: syrie: damaskus
jeruzalem: israel: jerusalem tel_aviv
ramallah: palestina:
caracas: venezuela:
washington: vs:
londen: vk: london
parijs: frankrijk: paris
berlijn: duitsland: berlin
rome: italie:
madrid: spanje:
warschau: polen: warsaw
boedapest: hongarije: budapest
belgrado: servie: belgrade
pristina: kosovo:
tbilisi: georgie:
jerevan: armenie: yerevan
bakoe: azerbeidzjan: baku
chisinau: moldavie:
pyongyang: noordkorea:
tokio: japan: tokyo
khartoem: soedan: khartoum
addisabeba: ethiopie: addis_abeba addis_ababa
tripoli: libie:
bamako: mali:
kinshasa: congo:
islamabad: pakistan:
naypyidaw: myanmar:
riyad: saoedi: riyadh
"""

_ABBREVIATIONS = """
hv: hoge_vertegenwoordiger high_representative hv_vp hr_vp
edeo: europese_dienst_voor_extern_optreden eeas european_external_action_service
rbz: raad_buitenlandse_zaken foreign_affairs_council
gbvb: gemeenschappelijk_buitenlands_en_veiligheidsbeleid cfsp
gvdb: gemeenschappelijk_veiligheids_en_defensiebeleid csdp
eu: europese_unie european_union unie
vn: verenigde_naties united_nations un
navo: nato noord_atlantische_verdragsorganisatie
ovse: osce
evf: europese_vredesfaciliteit epf european_peace_facility
wgo: wereldgezondheidsorganisatie world_health_organization
wto: wereldhandelsorganisatie world_trade_organization
imf: internationaal_monetair_fonds
icc: internationaal_strafhof international_criminal_court
igh: internationaal_gerechtshof icj
iaea: internationaal_atoomenergieagentschap
jcpoa: joint_comprehensive_plan_of_action atoomakkoord atoomdeal
opcw: organisatie_voor_het_verbod_op_chemische_wapens
gcc: gulf_cooperation_council golfsamenwerkingsraad
oeso: oecd
minpres: minister_president mp premier prime_minister
eurocommissie: europese_commissie european_commission
europarlement: europees_parlement european_parliament ep
"""


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in [*_COUNTRIES.split("\n"), *_ABBREVIATIONS.split("\n"), *_CAPITALS.split("\n")]:
        name, *rest = (piece.strip() for piece in line.split(":"))
        tokens = (name, *rest[:-1])
        for form in [name, *(rest[-1].split() if rest else ())]:
            if form:
                table[tuple(form.split("_"))] = tokens
    return table


NAMES: dict[tuple[str, ...], tuple[str, ...]] = _table()
"""Folded words of a form -> the canonical tokens that it stands for."""

UPPER_CASE = {"WHO": "wgo", "US": "vs"}
"""Abbreviations that only their capitals tell from an English function word."""

LONGEST = max(len(form) for form in NAMES)
