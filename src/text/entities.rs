//! Character references of HTML: named ones that occur in copy, and numeric ones, decoded as a browser does.

/// Names that are decoded without their semicolon too (`&amp`), as old pages have them: `name=hex`.
const LEGACY: &str = "\
    AElig=00c6 AMP=0026 Aacute=00c1 Acirc=00c2 Agrave=00c0 Aring=00c5 Atilde=00c3 Auml=00c4 COPY=00a9 Ccedil=00c7 ETH=00d0 \
    Eacute=00c9 Ecirc=00ca Egrave=00c8 Euml=00cb GT=003e Iacute=00cd Icirc=00ce Igrave=00cc Iuml=00cf LT=003c Ntilde=00d1 \
    Oacute=00d3 Ocirc=00d4 Ograve=00d2 Oslash=00d8 Otilde=00d5 Ouml=00d6 QUOT=0022 REG=00ae THORN=00de Uacute=00da Ucirc=00db \
    Ugrave=00d9 Uuml=00dc Yacute=00dd aacute=00e1 acirc=00e2 acute=00b4 aelig=00e6 agrave=00e0 amp=0026 aring=00e5 atilde=00e3 \
    auml=00e4 brvbar=00a6 ccedil=00e7 cedil=00b8 cent=00a2 copy=00a9 curren=00a4 deg=00b0 divide=00f7 eacute=00e9 ecirc=00ea \
    egrave=00e8 eth=00f0 euml=00eb frac12=00bd frac14=00bc frac34=00be gt=003e iacute=00ed icirc=00ee iexcl=00a1 igrave=00ec \
    iquest=00bf iuml=00ef laquo=00ab lt=003c macr=00af micro=00b5 middot=00b7 nbsp=00a0 not=00ac ntilde=00f1 oacute=00f3 \
    ocirc=00f4 ograve=00f2 ordf=00aa ordm=00ba oslash=00f8 otilde=00f5 ouml=00f6 para=00b6 plusmn=00b1 pound=00a3 quot=0022 \
    raquo=00bb reg=00ae sect=00a7 shy=00ad sup1=00b9 sup2=00b2 sup3=00b3 szlig=00df thorn=00fe times=00d7 uacute=00fa ucirc=00fb \
    ugrave=00f9 uml=00a8 uuml=00fc yacute=00fd yen=00a5 yuml=00ff ";

/// Names that need their semicolon.
const OTHERS: &str = "\
    Abreve=0102 Alpha=0391 Amacr=0100 Aogon=0104 Beta=0392 Cacute=0106 Ccaron=010c Ccirc=0108 Cdot=010a Chi=03a7 \
    CloseCurlyDoubleQuote=201d CloseCurlyQuote=2019 Dagger=2021 Dcaron=010e Delta=0394 Dot=00a8 Dstrok=0110 Ecaron=011a Edot=0116 \
    Emacr=0112 Eogon=0118 Epsilon=0395 Eta=0397 Gamma=0393 Gbreve=011e Gcedil=0122 Gcirc=011c Gdot=0120 Hat=005e Hcirc=0124 \
    Hstrok=0126 Idot=0130 Imacr=012a Iogon=012e Iota=0399 Itilde=0128 Jcirc=0134 Kappa=039a Kcedil=0136 Lacute=0139 Lambda=039b \
    Lcaron=013d Lcedil=013b Lmidot=013f Lstrok=0141 Mu=039c Nacute=0143 Ncaron=0147 Ncedil=0145 NewLine=000a NoBreak=2060 \
    NonBreakingSpace=00a0 Nu=039d OElig=0152 Odblac=0150 Omacr=014c Omega=03a9 Omicron=039f OpenCurlyDoubleQuote=201c \
    OpenCurlyQuote=2018 Phi=03a6 Pi=03a0 Prime=2033 Psi=03a8 Racute=0154 Rcaron=0158 Rcedil=0156 Rho=03a1 Sacute=015a Scaron=0160 \
    Scedil=015e Scirc=015c Sigma=03a3 TRADE=2122 Tab=0009 Tau=03a4 Tcaron=0164 Tcedil=0162 Theta=0398 ThinSpace=2009 Tstrok=0166 \
    Ubreve=016c Udblac=0170 Umacr=016a Uogon=0172 Upsilon=03a5 Uring=016e Utilde=0168 Vert=2016 VeryThinSpace=200a Wcirc=0174 \
    Xi=039e Ycirc=0176 Yuml=0178 Zacute=0179 Zcaron=017d Zdot=017b ZeroWidthSpace=200b Zeta=0396 abreve=0103 alefsym=2135 \
    alpha=03b1 amacr=0101 and=2227 ang=2220 aogon=0105 apos=0027 ast=002a asymp=2248 bdquo=201e beta=03b2 bprime=2035 bsol=005c \
    bull=2022 bullet=2022 cacute=0107 cap=2229 caret=2041 ccaron=010d ccirc=0109 cdot=010b centerdot=00b7 check=2713 chi=03c7 \
    circ=02c6 clubs=2663 colon=003a comma=002c commat=0040 cong=2245 copysr=2117 crarr=21b5 cross=2717 cup=222a dArr=21d3 \
    dagger=2020 darr=2193 dash=2010 dcaron=010f delta=03b4 diams=2666 die=00a8 dollar=0024 dstrok=0111 ecaron=011b edot=0117 \
    emacr=0113 empty=2205 emsp=2003 emsp13=2004 emsp14=2005 ensp=2002 eogon=0119 epsilon=03b5 equals=003d equiv=2261 eta=03b7 \
    euro=20ac excl=0021 exist=2203 female=2640 flat=266d fnof=0192 forall=2200 frac13=2153 frac15=2155 frac16=2159 frac18=215b \
    frac23=2154 frac25=2156 frac35=2157 frac38=215c frac45=2158 frac56=215a frac58=215d frac78=215e frasl=2044 gacute=01f5 \
    gamma=03b3 gbreve=011f gcirc=011d gdot=0121 ge=2265 grave=0060 hArr=21d4 hairsp=200a half=00bd harr=2194 hcirc=0125 \
    hearts=2665 hellip=2026 horbar=2015 hstrok=0127 hyphen=2010 imacr=012b image=2111 imath=0131 infin=221e inodot=0131 int=222b \
    iogon=012f iota=03b9 isin=2208 itilde=0129 jcirc=0135 kappa=03ba kcedil=0137 lArr=21d0 lacute=013a lambda=03bb lang=27e8 \
    larr=2190 lbrace=007b lbrack=005b lcaron=013e lcedil=013c lceil=2308 lcub=007b ldquo=201c ldquor=201e le=2264 lfloor=230a \
    lmidot=0140 lowast=2217 lowbar=005f loz=25ca lpar=0028 lrm=200e lsaquo=2039 lsqb=005b lsquo=2018 lsquor=201a lstrok=0142 \
    male=2642 mdash=2014 minus=2212 mldr=2026 mu=03bc nabla=2207 nacute=0144 natural=266e ncaron=0148 ncedil=0146 ndash=2013 \
    ne=2260 ni=220b nldr=2025 notin=2209 nsub=2284 nu=03bd num=0023 numero=2116 numsp=2007 odblac=0151 oelig=0153 ohm=03a9 \
    oline=203e omacr=014d omega=03c9 omicron=03bf oplus=2295 or=2228 otimes=2297 part=2202 percnt=0025 period=002e permil=2030 \
    perp=22a5 pertenk=2031 phi=03c6 phone=260e pi=03c0 piv=03d6 plus=002b prime=2032 prod=220f prop=221d psi=03c8 puncsp=2008 \
    quest=003f rArr=21d2 racute=0155 radic=221a rang=27e9 rarr=2192 rbrace=007d rbrack=005d rcaron=0159 rcedil=0157 rceil=2309 \
    rcub=007d rdquo=201d rdquor=201d real=211c rfloor=230b rho=03c1 rlm=200f rpar=0029 rsaquo=203a rsqb=005d rsquo=2019 \
    rsquor=2019 sacute=015b sbquo=201a scaron=0161 scedil=015f scirc=015d sdot=22c5 semi=003b sharp=266f sigma=03c3 sigmaf=03c2 \
    sim=223c sol=002f spades=2660 star=2606 starf=2605 sub=2282 sube=2286 sum=2211 sung=266a sup=2283 supe=2287 tau=03c4 \
    tcaron=0165 tcedil=0163 there4=2234 theta=03b8 thetasym=03d1 thinsp=2009 tilde=02dc trade=2122 tstrok=0167 uArr=21d1 \
    uarr=2191 ubreve=016d udblac=0171 umacr=016b uogon=0173 upsih=03d2 upsilon=03c5 uring=016f utilde=0169 verbar=007c vert=007c \
    wcirc=0175 weierp=2118 xi=03be ycirc=0177 zacute=017a zcaron=017e zdot=017c zeta=03b6 zwj=200d zwnj=200c ";

/// What numeric references from 0x80 to 0x9f mean: those of windows-1252.
const WINDOWS: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}', '\u{160}',
    '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}',
    '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

fn look_up(list: &str, name: &str) -> Option<char> {
    let row = list.split(' ').find_map(|row| row.strip_prefix(name)?.strip_prefix('='))?;
    u32::from_str_radix(row, 16).ok().and_then(char::from_u32)
}

/// The character of a name without its `&` and semicolon.
pub fn named(name: &str) -> Option<char> {
    look_up(LEGACY, name).or_else(|| look_up(OTHERS, name))
}

/// The character that the reference at the start of `text` (which begins with `&`) stands for, and the
/// bytes it takes; `None` when it is no reference and the `&` stands for itself.
pub fn decode(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(c, len)| (c, len + 2));
    }
    let name = rest.get(..rest.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count())?;
    if name.is_empty() {
        return None;
    }
    if rest.as_bytes().get(name.len()) == Some(&b';')
        && let Some(c) = named(name)
    {
        return Some((c, name.len() + 2));
    }
    // Without a semicolon the longest old name counts: `&ampere` is `&ere`.
    (2..=name.len().min(6)).rev().find_map(|len| Some((look_up(LEGACY, name.get(..len)?)?, len + 1)))
}

fn numeric(number: &str) -> Option<(char, usize)> {
    let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (number, 10, 0),
    };
    let len = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if len == 0 {
        return None;
    }
    let value = u32::from_str_radix(digits.get(..len)?, radix).unwrap_or(u32::MAX);
    let c = match value {
        0x80..=0x9f => WINDOWS.get(value as usize - 0x80).copied()?,
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let semicolon = usize::from(digits.as_bytes().get(len) == Some(&b';'));
    Some((c, lead + len + semicolon))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_as_a_browser_does() {
        assert_eq!(decode("&ldquo;yes"), Some(('“', 7)));
        assert_eq!(decode("&amp x"), Some(('&', 4)));
        assert_eq!(decode("&ampere"), Some(('&', 4)));
        assert_eq!(decode("&ldquo yes"), None);
        assert_eq!(decode("&#8230;"), Some(('…', 7)));
        assert_eq!(decode("&#x2014"), Some(('—', 7)));
        assert_eq!(decode("&#146;"), Some(('’', 6)));
        assert_eq!(decode("&#xD800;"), Some(('\u{fffd}', 8)));
        assert_eq!(decode("&#99999999999;"), Some(('\u{fffd}', 14)));
        assert_eq!(decode("&nbsp;"), Some(('\u{a0}', 6)));
        assert_eq!(decode("&notanentity;"), Some(('¬', 4)));
        assert_eq!(decode("&T rest"), None);
        assert_eq!(decode("& "), None);
        assert_eq!(decode("&#;"), None);
    }
}
