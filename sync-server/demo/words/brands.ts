// Invented brands, put together from two syllables with a spelling in each script (latin | fa | ar | ru),
// so that a brand can be found in any of the five languages and none belongs to anybody.

export type Brand = { readonly latin: string; readonly fa: string; readonly ar: string; readonly ru: string };

const STARTS = read(`
Vel ول فيل Вел / Tor تور تور Тор / Zer زر زير Зер / Kal کال كال Кал / Nor نور نور Нор / Sil سیل سيل Сил /
Brin برین برين Брин / Dal دال دال Дал / Fen فن فين Фен / Gal گال غال Гал / Hal هال هال Хал / Yor یور يور Йор /
Lor لور لور Лор / Mel مل ميل Мел / Nav ناو ناف Нав / Ost اوست أوست Ост / Pel پل بيل Пел / Rin رین رين Рин /
Sav ساو ساف Сав / Tam تام تام Там / Vik ویک فيك Вик / Zan زان زان Зан / Lund لوند لوند Лунд / Karv کارو كارف Карв
`);
const ENDS = read(`
anda اندا اندا анда / ovin وین وفين овин / esta ستا يستا еста / ira یرا يرا ира / umo ومو ومو умо /
etta تا يتا етта / ario اریو اريو арио / enza نزا ينزا енза / ula ولا ولا ула / isko یسکو يسكو иско /
ona ونا ونا она / avel اول افيل авел / oria وریا وريا ория / indo یندو يندو индо / ema ما يما ема /
alto التو التو альто / imar یمار يمار имар / olde ولده ولده ольде
`);

/** How many different brands there are. */
export const BRAND_COUNT = STARTS.length * ENDS.length;

/** The brand at a place 0 … BRAND_COUNT-1; neighbours share no syllable. */
export function brandAt(place: number): Brand {
  const start = STARTS[place % STARTS.length];
  const end = ENDS[(place + Math.trunc(place / STARTS.length)) % ENDS.length];
  if (start === undefined || end === undefined) throw new Error(`there is no brand ${place}`);
  return {
    latin: start.latin + end.latin,
    fa: start.fa + end.fa,
    ar: start.ar + end.ar,
    ru: start.ru + end.ru,
  };
}

function read(table: string): readonly Brand[] {
  return table.split('/').map((entry) => {
    const [latin = '', fa = '', ar = '', ru = ''] = entry.trim().split(/\s+/u);
    return { latin, fa, ar, ru };
  });
}
