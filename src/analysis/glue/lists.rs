//! Closed lists of English words that decide where a token may be cut.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Every listed word with a bit for each list it stands in.
static CLASSES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, u32> = FxHashMap::default();
    for (bit, list) in LISTS.iter().enumerate() {
        for word in list.split_whitespace() {
            *classes.entry(word).or_default() |= 1 << bit;
        }
    }
    classes
});

fn is_in(word: &str, list: usize) -> bool {
    CLASSES.get(word).is_some_and(|bits| bits & (1 << list) != 0)
}

const LISTS: &[&str] = &[
    FUNCTION,
    NEVER_ENDS_A_SENTENCE,
    STARTER,
    BRAND_TAILS,
    REPORTING,
    CALENDAR,
    DAY,
    STOPPED_ABBREVIATION,
    TITLE,
    FORMS_WORDS,
    PREFIX,
    NAME_PREFIX,
    UNIT,
    INSTITUTION,
    ADVERB,
    BRAND_HEAD,
    LOOSE,
    ADJECTIVE,
];

/// Words without which no sentence stands: one of them joined to another word is nearly always glue.
pub fn is_function(word: &str) -> bool {
    is_in(word, 0)
}

/// Words after which no sentence ends.
pub fn never_ends_a_sentence(word: &str) -> bool {
    is_in(word, 1)
}

/// Capitalised words that begin a sentence far more often than they begin a name.
pub fn is_starter(word: &str) -> bool {
    is_in(word, 2)
}

/// Starters that are so rarely the tail of a brand that they prove the cut (`regimeHe`, not `LinkedIn`).
pub fn is_firm_starter(word: &str) -> bool {
    is_starter(word) && !is_in(word, 3)
}

/// Verbs by which somebody is quoted; they follow a name that no list knows.
pub fn is_reporting(word: &str) -> bool {
    is_in(word, 4)
}

/// Months and days of the week.
pub fn is_calendar(word: &str) -> bool {
    is_in(word, 5) || is_day(word)
}

/// Days of the week and the words for the days around today.
pub fn is_day(word: &str) -> bool {
    is_in(word, 6)
}

/// Abbreviations whose stop goes with the space (`Nov6`, `StPeter’s`).
pub fn is_stopped_abbreviation(word: &str) -> bool {
    is_in(word, 7)
}

/// Titles and ranks that stand before a name.
pub fn is_title(word: &str) -> bool {
    is_in(word, 8)
}

/// Endings that make a word or a name of the word before them: `Trumplike`, `Goldstone`, `walkability`.
pub fn forms_words(right: &str) -> bool {
    is_in(right, 9)
}

/// Beginnings that make a word of the word behind them: `outmanoeuvre`, `undercount`, `cyberwar`.
pub fn is_prefix(left: &str) -> bool {
    is_in(left, 10)
}

/// The words before a capital that only names have: `Mc`, `Van` and their like.
pub fn is_name_prefix(word: &str) -> bool {
    is_in(word, 11)
}

/// Units that are written against their figure.
pub fn is_unit(word: &str) -> bool {
    is_in(word, 12)
}

/// Nouns that end the name of a body or a document, and hardly ever a brand.
pub fn is_institution(word: &str) -> bool {
    is_in(word, 13)
}

/// Prepositions that are adverbs too and may end a sentence (`they looked around`).
pub fn is_adverb(word: &str) -> bool {
    is_in(word, 14)
}

/// Words by which coined names begin in lower case: `teamLab`, `wikiHow`.
pub fn is_brand_head(word: &str) -> bool {
    is_in(word, 15)
}

/// Verb forms and numbers that begin no compound: `gaveway` is glue, `giveaway` is a word.
pub fn is_loose(word: &str) -> bool {
    is_in(word, 16)
}

/// Adjectives that begin short compounds (`longbow`) and no long ones: `longargument`.
pub fn is_adjective(word: &str) -> bool {
    is_in(word, 17)
}

const ADJECTIVE: &str = "
    long short new old high low big great black white red green blue good free soft hard full half north south east west
";

const LOOSE: &str = "
    gave took made came went saw held won lost found began fell sent paid met led kept knew grew threw wrote spoke chose
    broke drove rose ate stood brought bought thought caught taught felt meant heard became
    first second third fourth fifth sixth seventh eighth ninth tenth two three four five six seven eight nine ten eleven
    twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion these those several many
";

/// A noun for a person by its ending: `biochemist`, `researchers`, `frontman`.
pub fn is_role_like(word: &str) -> bool {
    const ENDINGS: &[&str] =
        &["er", "or", "ist", "man", "woman", "ian", "ant", "ent", "eer", "ive", "ate", "ary", "ete", "ster", "ll", "oc"];
    let singular = word.strip_suffix('s').unwrap_or(word);
    ENDINGS.iter().any(|e| singular.ends_with(e))
        || matches!(
            singular,
            "friend" | "colleague" | "chief" | "star" | "son" | "wife" | "coach" | "king" | "queen" | "head" | "ace" | "duo" | "pair"
        )
}

const INSTITUTION: &str = "
    Committee Commission Council Ministry Minister University Institute Association Federation Confederation Organization
    Organisation Department Directorate Assembly Parliament Authority Agency Administration Foundation Grant Agreement Treaty
    Convention Province Republic District Governorate Brigade Division Battalion
";

const ADVERB: &str = "
    across along around behind before after over inside outside through near said says also
";

const BRAND_HEAD: &str = "
    wiki team open easy photo crypto smart fast micro mini cyber block data cloud web net fan fit game live love mind pay play
    pop quick snap soft sound tech tele video view zoom lean bio med eco geo agri fin true pure next blue dream flow gold
";

const FUNCTION: &str = "
    a an the and or but nor so yet if as than that this these those which who whom whose what where when while why how
    because although though since until unless whether of in on at to by for from with without within into onto upon
    over under about after before between among amid against during through throughout toward towards across along
    around behind beyond despite except near off out outside inside per via versus up down like is are was were be been
    being am has have had having do does did will would shall should can could may might must not no he she it they we
    you him her them us me his its their our your my all any both each every some such other more most many much also
    only just even there here then now however according whereas including says said told I
";

const NEVER_ENDS_A_SENTENCE: &str = "
    a an the and or but nor if as than that these those which who whom whose where when while because although though
    until unless whether of in on at to by for from with without within into onto upon over under about after before
    between among amid against during through toward towards across along around behind beyond despite except near
    outside inside per via versus like is are was were be been being am has have had having will would shall should can
    could may might must its their our your my his every including according called named said says told also
";

const STARTER: &str = "
    The He She They We You It This That These Those There Here But And Or So Yet If As At In On By For From With Without
    After Before While When Where Although Though Because Since Until Unless Despite During However Meanwhile Moreover
    Therefore Nevertheless Instead Also Then Now Still His Her Its Their Our Your My What Who Why How Which According
    Some Many Most Several Both Each Such Another Other Others No Not An A To Of Among Under Over About Between Earlier
    Later Last Today Yesterday Tomorrow Once Only Even Just More All Any Nearly Almost Please None Nobody Everyone Neither Few Half One Two Three Four Five Additionally Furthermore
    Recently Currently
";

const BRAND_TAILS: &str = "
    One Two Three Four Five Few Half Everyone Also
    In On By For To Up All Now It You So Of As At If An A Or No Here Over Under How Who What Why My Me Her One Only More
    Just Last Today We Some Then Once Still With From
";

const REPORTING: &str = "
    said says told tells added according reported announced stressed noted stated explained warned wrote argued claimed
    insisted replied confirmed denied condoled
";

const CALENDAR: &str = "
    January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug
    Sept Sep Oct Nov Dec
";

const DAY: &str = "
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Today Yesterday Tomorrow
";

const STOPPED_ABBREVIATION: &str = "St Rep Sen Gov Gen Col Lt Sgt Capt Prof Jan Feb Apr Aug Sept Sep Oct Nov Dec";

const TITLE: &str = "
    President Minister Mr Mrs Ms Dr Professor General Colonel Captain Senator Governor Mayor Judge Justice Ambassador
    Secretary Chancellor Prince Princess King Queen Pope Sheikh Sheikha Ayatollah Imam Bishop Archbishop Sergeant
    Lieutenant Major Commander Chairman Director Premier Sir Lord Lady
";

const FORMS_WORDS: &str = "
    seed seeds balls switch shop shops mark marks pad pads pack packs hub lab labs shot shots fund funds
    like less able man men woman women ship ships hood wise ward wards land lands ism ist ists ess ion age ages ant ants
    ate ates ing ings ed er ers ally gate stan ville town towns burg ham ton son sons berg side sides wide fold proof
    stone stones field fields wood woods house houses water waters bridge ford hill hills smith smiths worth well wells
    brook brooks head heads bury burn wick port ports mouth way ways craft work works worker workers maker makers making
    room rooms time times line lines back backs book books boy boys girl girls folk load loads mate mates master bar
    bars light lights box boxes board boards ball yard yards ground grounds fish flower berry bird birds cake day days
    dom style type types phobia phobic mania logy cast casts caster net nets tech ware bot bots coin coins pay chat cam
    cams fest con land’s free based ground’s hand hands hold holds holder holders keeper keepers keeping goer goers
    going bearer wear walk walker tail tails top tops lock locks dale dales park parks star stars stage stages point
    points path paths card cards spot spots storm storms dog dogs cat cats ling lings let lets ness ment ments ful ism’s
    pool pools mill mills owner owners seat seats post posts rock rocks bank banks chain chains cycle space scape graph
    gram grams meter meters metre metres phone phones plane planes sphere genic genetic genetics logical graphic
";

const PREFIX: &str = "
    neuro socio cardio astro aero omni pan retro pyro petro radio proto peri ortho onco narco immuno hetero homo gastro fibro
    ethno endo cryo chemo centi audio vice xeno giga kilo tera milli deci arch fresh cross
    anti pre post non re un de mega super over under mid out counter inter ultra pro micro cyber multi semi mini off
    down back up co sub trans auto bio eco euro geo neo para poly pseudo quasi self tele thermo video photo hyper infra
    intra macro meta mono nano electro hydro agro crypto techno psycho step fore after dis mis ex tri bi uni e in on by
    news north south east west fire water snow sea air land home hand sun moon rain wind web data key ice life eye horse
    sheep goat bull bird house god grand great half all full ever new old high low big long short black white red green
    blue gold silver good free soft hard near far through
";

const NAME_PREFIX: &str = "
    Mc Mac De Di Da Du Del Della Des Dos Das La Le Lo Li Las Los Van Von Ver Vander Vanden Ter Ten Fitz O D L Al El Ar
    Ash Abu Ibn Bin Ben San Santa Ap Ab Na Ni Nic Ó Mag da de di du la le van von den der el al ibn bin mac mc
";

const UNIT: &str = "
    km m cm mm nm ft in yd mi mph kph kmh fps rpm bpm kg g mg lb lbs oz t l ml cl hr hrs h min mins s sec secs ms am pm
    bn mn mln bln tn trn k x p c f v w kw mw gw kwh mwh gwh kb mb gb tb kbps mbps gbps hz khz mhz ghz mp px pt pts th st
    nd rd d b e er ers ish cc bhp hp ppm pc pp nt bc ad ce bce yo y yr yrs n o u kcal cal kj mmhg mcg ug sq kt kn est
    gmt utc mah lm dpi plus way fold some mm² usd eur rs or ism
";
