// Colours, materials and wearers as adjectives that agree with their noun. Columns:
//   key | en | fa | ar: masculine feminine | ru: m f n plural | pl: m f n plural | extra
// One form in a column means the word does not change. Arabic plurals of things take the feminine form.
// The extra column is the picture's colour (colours) or the colours that make sense (materials).

import { readAdjectives } from './grammar.ts';

export const COLOURS = readAdjectives(`
black     | black     | مشکی      | أسود سوداء     | чёрный чёрная чёрное чёрные | czarny czarna czarne czarne | 3a3f45
white     | white     | سفید      | أبيض بيضاء     | белый белая белое белые | biały biała białe białe | e9e6df
grey      | grey      | خاکستری   | رمادي رمادية   | серый серая серое серые | szary szara szare szare | 9aa3a8
green     | green     | سبز       | أخضر خضراء     | зелёный зелёная зелёное зелёные | zielony zielona zielone zielone | 3f8f5f
blue      | blue      | آبی       | أزرق زرقاء     | синий синяя синее синие | niebieski niebieska niebieskie niebieskie | 3f74b5
red       | red       | قرمز      | أحمر حمراء     | красный красная красное красные | czerwony czerwona czerwone czerwone | c5473f
yellow    | yellow    | زرد       | أصفر صفراء     | жёлтый жёлтая жёлтое жёлтые | żółty żółta żółte żółte | e3b53c
orange    | orange    | نارنجی    | برتقالي برتقالية | оранжевый оранжевая оранжевое оранжевые | pomarańczowy pomarańczowa pomarańczowe pomarańczowe | e0843a
brown     | brown     | قهوه‌ای   | بني بنية       | коричневый коричневая коричневое коричневые | brązowy brązowa brązowe brązowe | 8a5f41
beige     | beige     | بژ        | بيج            | бежевый бежевая бежевое бежевые | beżowy beżowa beżowe beżowe | d6c1a0
pink      | pink      | صورتی     | وردي وردية     | розовый розовая розовое розовые | różowy różowa różowe różowe | dd8ea6
purple    | purple    | بنفش      | بنفسجي بنفسجية | фиолетовый фиолетовая фиолетовое фиолетовые | fioletowy fioletowa fioletowe fioletowe | 7d5ba6
turquoise | turquoise | فیروزه‌ای | فيروزي فيروزية | бирюзовый бирюзовая бирюзовое бирюзовые | turkusowy turkusowa turkusowe turkusowe | 3fa7a5
burgundy  | burgundy  | زرشکی     | خمري خمرية     | бордовый бордовая бордовое бордовые | bordowy bordowa bordowe bordowe | 7d2f43
cream     | cream     | کرم       | كريمي كريمية   | кремовый кремовая кремовое кремовые | kremowy kremowa kremowe kremowe | efe2c4
`);

export const MATERIALS = readAdjectives(`
velvet   | velvet   | مخملی     | مخملي مخملية   | бархатный бархатная бархатное бархатные | aksamitny aksamitna aksamitne aksamitne | green blue grey burgundy beige pink purple turquoise
cotton   | cotton   | نخی       | قطني قطنية     | хлопковый хлопковая хлопковое хлопковые | bawełniany bawełniana bawełniane bawełniane | white black blue red green grey yellow pink beige turquoise
linen    | linen    | کتانی     | كتاني كتانية   | льняной льняная льняное льняные | lniany lniana lniane lniane | white beige blue green grey cream pink yellow
wool     | woollen  | پشمی      | صوفي صوفية     | шерстяной шерстяная шерстяное шерстяные | wełniany wełniana wełniane wełniane | grey blue burgundy green black beige orange cream
silk     | silk     | ابریشمی   | حريري حريرية   | шёлковый шёлковая шёлковое шёлковые | jedwabny jedwabna jedwabne jedwabne | cream burgundy blue pink purple turquoise black
cashmere | cashmere | کشمیر     | كشميري كشميرية | кашемировый кашемировая кашемировое кашемировые | kaszmirowy kaszmirowa kaszmirowe kaszmirowe | grey beige blue pink black burgundy
denim    | denim    | جین       | جينز           | джинсовый джинсовая джинсовое джинсовые | dżinsowy dżinsowa dżinsowe dżinsowe | blue black grey white
fleece   | fleece   | پلار      | من الصوف الصناعي | флисовый флисовая флисовое флисовые | polarowy polarowa polarowe polarowe | blue grey green red black pink
leather  | leather  | چرمی      | جلدي جلدية     | кожаный кожаная кожаное кожаные | skórzany skórzana skórzane skórzane | black brown beige burgundy white green
oak      | oak      | چوب بلوط  | من خشب البلوط  | дубовый дубовая дубовое дубовые | dębowy dębowa dębowe dębowe | brown beige white black grey
wood     | wooden   | چوبی      | خشبي خشبية     | деревянный деревянная деревянное деревянные | drewniany drewniana drewniane drewniane | brown white beige black grey green
metal    | metal    | فلزی      | معدني معدنية   | металлический металлическая металлическое металлические | metalowy metalowa metalowe metalowe | black white grey green red blue yellow
steel    | steel    | استیل     | فولاذي فولاذية | стальной стальная стальное стальные | stalowy stalowa stalowe stalowe | grey black red blue
glass    | glass    | شیشه‌ای   | زجاجي زجاجية   | стеклянный стеклянная стеклянное стеклянные | szklany szklana szklane szklane | blue green grey brown turquoise pink
ceramic  | ceramic  | سرامیکی   | خزفي خزفية     | керамический керамическая керамическое керамические | ceramiczny ceramiczna ceramiczne ceramiczne | white blue green beige turquoise yellow black orange
bamboo   | bamboo   | بامبو     | من الخيزران    | бамбуковый бамбуковая бамбуковое бамбуковые | bambusowy bambusowa bambusowe bambusowe | beige brown white green
`);

export const WEARERS = readAdjectives(`
women | women's | زنانه   | نسائي نسائية | женский женская женское женские | damski damska damskie damskie |
men   | men's   | مردانه  | رجالي رجالية | мужской мужская мужское мужские | męski męska męskie męskie |
kids  | kids'   | بچگانه  | للأطفال      | детский детская детское детские | dziecięcy dziecięca dziecięce dziecięce |
`);
