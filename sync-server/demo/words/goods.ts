// Nouns that are qualified by adjectives: clothing, home and electronics. Columns:
//   key | category | motif | price in minor units | en | fa | ar/gender | ru/gender | pl/gender | choices
// Persian nouns that end in a long vowel carry their ezafe, because an adjective always follows.
// Choices: clothing `sizes; materials; wearers`, home `materials`, electronics `colours`. `-` means none.

import { readNouns } from './grammar.ts';

export const CLOTHING = readNouns(`
t-shirt     | tops        | tshirt   | 1499  | T-shirt          | تی‌شرت        | تيشيرت/m      | футболка/f  | koszulka/f       | letters; cotton linen; women men kids
shirt       | tops        | shirt    | 3499  | shirt            | پیراهن        | قميص/m        | рубашка/f   | koszula/f        | letters; cotton linen silk denim; women men
blouse      | tops        | shirt    | 2999  | blouse           | شومیز         | بلوزة/f       | блузка/f    | bluzka/f         | letters; cotton silk linen; women
polo        | tops        | tshirt   | 2499  | polo shirt       | پولوشرت       | قميص بولو/m   | поло/n      | koszulka polo/f  | letters; cotton; women men kids
pyjamas     | tops        | shirt    | 2999  | pyjama set       | ست پیژامه     | طقم بيجامة/m  | пижама/f    | piżama/f         | letters; cotton silk fleece; women men kids
sweater     | knitwear    | sweater  | 4499  | sweater          | پلیور         | كنزة/f        | свитер/m    | sweter/m         | letters; wool cotton cashmere; women men kids
cardigan    | knitwear    | sweater  | 4999  | cardigan         | ژاکت          | سترة محبوكة/f | кардиган/m  | kardigan/m       | letters; wool cotton cashmere; women men
hoodie      | knitwear    | hoodie   | 3999  | hoodie           | هودی          | هودي/m        | толстовка/f | bluza/f          | letters; cotton fleece; women men kids
vest        | knitwear    | vest     | 3499  | waistcoat        | جلیقه         | صدرية/f       | жилет/m     | kamizelka/f      | letters; wool linen denim; women men
trousers    | trousers    | trousers | 3999  | trousers         | شلوار         | بنطال/m       | брюки/p     | spodnie/p        | letters; cotton linen wool; women men kids
jeans       | trousers    | trousers | 4999  | jeans            | شلوار جین     | بنطال جينز/m  | джинсы/p    | dżinsy/p         | letters; -; women men kids
shorts      | trousers    | shorts   | 2499  | shorts           | شلوارک        | بنطال قصير/m  | шорты/p     | szorty/p         | letters; cotton linen denim; women men kids
skirt       | dresses     | skirt    | 2999  | skirt            | دامن          | تنورة/f       | юбка/f      | spódnica/f       | letters; cotton denim wool linen; women
dress       | dresses     | dress    | 4999  | dress            | پیراهن بلند   | فستان/m       | платье/n    | sukienka/f       | letters; cotton silk linen velvet; women
summer-dress | dresses    | dress    | 3999  | summer dress     | پیراهن تابستانی | فستان صيفي/m | летнее платье/n | letnia sukienka/f | letters; cotton linen; women
coat        | coats       | coat     | 11900 | coat             | پالتوی        | معطف/m        | пальто/n    | płaszcz/m        | letters; wool cashmere; women men
jacket      | coats       | coat     | 7900  | jacket           | کاپشن         | سترة/f        | куртка/f    | kurtka/f         | letters; denim leather cotton; women men kids
blazer      | coats       | coat     | 8900  | blazer           | کت تک         | بليزر/m       | пиджак/m    | marynarka/f      | letters; linen wool velvet; women men
trainers    | shoes       | shoe     | 5999  | trainers         | کفش ورزشی     | حذاء رياضي/m  | кроссовки/p | buty sportowe/p  | shoes; leather cotton; women men
boots       | shoes       | boot     | 8999  | ankle boots      | نیم‌بوت       | حذاء بكاحل/m  | ботинки/p   | botki/p          | shoes; leather; women men
sandals     | shoes       | shoe     | 3999  | sandals          | صندل          | صندل/m        | сандалии/p  | sandały/p        | shoes; leather; women men
slippers    | shoes       | shoe     | 1999  | slippers         | دمپایی        | شبشب/m        | тапочки/p   | kapcie/p         | shoes; wool fleece leather; women men
scarf       | accessories | scarf    | 1999  | scarf            | شال‌گردن      | وشاح/m        | шарф/m      | szalik/m         | -; wool silk cashmere cotton; -
hat         | accessories | hat      | 1699  | knitted hat      | کلاه بافتنی   | قبعة محبوكة/f | вязаная шапка/f | czapka/f     | -; wool cashmere fleece; women men kids
gloves      | accessories | glove    | 1899  | gloves           | دستکش         | قفازات/f      | перчатки/p  | rękawiczki/p     | pairs; leather wool fleece; women men
socks       | accessories | sock     | 699   | socks            | جوراب         | جوارب/f       | носки/p     | skarpetki/p      | socks; cotton wool; women men kids
belt        | accessories | belt     | 2499  | belt             | کمربند        | حزام/m        | ремень/m    | pasek/m          | -; leather; women men
tie         | accessories | tie      | 1999  | tie              | کراوات        | ربطة عنق/f    | галстук/m   | krawat/m         | -; silk wool; -
handbag     | accessories | handbag      | 4999  | handbag          | کیف دستی      | حقيبة يد/f    | сумка/f     | torebka/f        | -; leather velvet; women
backpack    | accessories | handbag      | 4499  | backpack         | کوله‌پشتی     | حقيبة ظهر/f   | рюкзак/m    | plecak/m         | -; leather cotton; -
wallet      | accessories | handbag      | 2999  | wallet           | کیف پول       | محفظة/f       | кошелёк/m   | portfel/m        | -; leather; women men
`);

export const HOME = readNouns(`
sofa          | furniture | sofa    | 79900 | sofa            | مبل           | أريكة/f         | диван/m             | sofa/f            | velvet linen leather
armchair      | furniture | sofa    | 34900 | armchair        | مبل تک‌نفره   | كرسي مريح/m     | кресло/n            | fotel/m           | velvet linen leather
corner-sofa   | furniture | sofa    | 119900 | corner sofa    | مبل گوشه      | أريكة زاوية/f   | угловой диван/m     | sofa narożna/f    | velvet linen leather
chair         | furniture | chair   | 8900  | chair           | صندلی         | كرسي/m          | стул/m              | krzesło/n         | wood velvet metal oak
stool         | furniture | chair   | 4900  | stool           | چهارپایه      | مقعد/m          | табурет/m           | taboret/m         | wood metal bamboo
dining-table  | furniture | table   | 39900 | dining table    | میز ناهارخوری | طاولة طعام/f    | обеденный стол/m    | stół/m            | oak wood glass
coffee-table  | furniture | table   | 14900 | coffee table    | میز جلومبلی   | طاولة قهوة/f    | журнальный столик/m | stolik/m          | oak glass metal wood
desk          | furniture | table   | 19900 | desk            | میز تحریر     | مكتب/m          | письменный стол/m   | biurko/n          | oak wood metal
bookcase      | furniture | shelf   | 17900 | bookcase        | کتابخانهٔ     | خزانة كتب/f     | книжный шкаф/m      | regał/m           | oak wood metal bamboo
wall-shelf    | furniture | shelf   | 3900  | wall shelf      | قفسهٔ دیواری  | رف جداري/m      | настенная полка/f   | półka ścienna/f   | oak wood metal glass bamboo
bed           | furniture | bed     | 44900 | bed             | تخت‌خواب      | سرير/m          | кровать/f           | łóżko/n           | oak wood metal velvet
mirror        | decor     | frame   | 6900  | mirror          | آینهٔ         | مرآة/f          | зеркало/n           | lustro/n          | oak wood metal bamboo
mug           | tableware | mug     | 799   | mug             | ماگ           | كوب/m           | кружка/f            | kubek/m           | ceramic glass steel
cup           | tableware | mug     | 699   | tea cup         | فنجان چای‌خوری | فنجان شاي/m    | чайная чашка/f      | filiżanka/f       | ceramic glass
plate         | tableware | plate   | 899   | plate           | بشقاب         | طبق/m           | тарелка/f           | talerz/m          | ceramic glass bamboo
bowl          | tableware | bowl    | 999   | bowl            | کاسهٔ         | سلطانية/f       | миска/f             | miska/f           | ceramic glass steel bamboo wood
teapot        | tableware | kettle  | 2499  | teapot          | قوری          | إبريق شاي/m     | заварочный чайник/m | imbryk/m | ceramic glass steel
jug           | tableware | vase    | 1999  | jug             | پارچ          | إبريق/m         | кувшин/m            | dzbanek/m         | ceramic glass
frying-pan    | tableware | pan     | 2999  | frying pan      | ماهیتابهٔ     | مقلاة/f         | сковорода/f         | patelnia/f        | steel ceramic
saucepan      | tableware | pan     | 3499  | cooking pot     | قابلمهٔ       | قدر طبخ/m       | кастрюля/f          | garnek/m          | steel ceramic
cutting-board | tableware | board   | 1999  | cutting board   | تختهٔ برش     | لوح تقطيع/m     | разделочная доска/f | deska kuchenna/f  | oak bamboo wood glass
tray          | tableware | board   | 1799  | tray            | سینی          | صينية/f         | поднос/m            | taca/f            | bamboo wood metal
storage-jar   | tableware | jar     | 1299  | storage jar     | بانکهٔ        | مرطبان/m        | банка для хранения/f | słój/m           | glass ceramic
cushion       | textiles  | cushion | 1999  | cushion         | کوسن          | وسادة/f         | подушка/f           | poduszka/f        | velvet linen cotton wool silk
blanket       | textiles  | blanket | 3999  | blanket         | پتوی          | بطانية/f        | плед/m              | koc/m             | wool cotton fleece cashmere
curtain       | textiles  | curtain | 3499  | curtain         | پردهٔ         | ستارة/f         | штора/f             | zasłona/f         | linen velvet cotton
towel         | textiles  | blanket | 1299  | towel           | حولهٔ         | منشفة/f         | полотенце/n         | ręcznik/m         | cotton linen
bedspread     | textiles  | blanket | 5999  | bedspread       | روتختی        | غطاء سرير/m     | покрывало/n         | narzuta/f         | cotton velvet linen
tablecloth    | textiles  | blanket | 2499  | tablecloth      | رومیزی        | مفرش طاولة/m    | скатерть/f          | obrus/m           | linen cotton
rug           | textiles  | rug     | 12900 | rug             | قالیچهٔ       | سجادة/f         | ковёр/m             | dywan/m           | wool cotton silk
table-lamp    | lighting  | lamp    | 3999  | table lamp      | چراغ رومیزی   | مصباح طاولة/m   | настольная лампа/f  | lampa stołowa/f   | ceramic glass metal wood
floor-lamp    | lighting  | lamp    | 8999  | floor lamp      | آباژور بلند   | مصباح أرضي/m    | торшер/m            | lampa podłogowa/f | metal oak linen bamboo
pendant-lamp  | lighting  | pendant | 5999  | pendant lamp    | چراغ آویز     | مصباح معلق/m    | подвесной светильник/m | lampa wisząca/f | glass metal bamboo ceramic
candlestick   | decor     | candle  | 1499  | candlestick     | شمعدان        | شمعدان/m        | подсвечник/m        | świecznik/m       | glass ceramic metal wood
vase          | decor     | vase    | 2499  | vase            | گلدان         | مزهرية/f        | ваза/f              | wazon/m           | ceramic glass metal
photo-frame   | decor     | frame   | 1299  | photo frame     | قاب عکس       | إطار صور/m      | фоторамка/f         | ramka/f           | wood metal oak bamboo
basket        | decor     | basket  | 1999  | basket          | سبد           | سلة/f           | корзина/f           | kosz/m            | bamboo cotton metal
wall-clock    | decor     | clock   | 2999  | wall clock      | ساعت دیواری   | ساعة حائط/f     | настенные часы/p    | zegar ścienny/m   | wood metal oak bamboo
`);

/** Sold by the metre. */
export const FABRICS = readNouns(`
curtain-fabric   | textiles | fabric | 1899 | curtain fabric    | پارچهٔ پرده‌ای  | قماش ستائر/m  | портьерная ткань/f | tkanina zasłonowa/f | linen velvet cotton
dress-fabric     | textiles | fabric | 1499 | dress fabric      | پارچهٔ لباسی    | قماش فساتين/m | плательная ткань/f | tkanina sukienkowa/f | cotton linen silk wool
upholstery       | textiles | fabric | 2999 | upholstery fabric | پارچهٔ مبلی     | قماش تنجيد/m  | обивочная ткань/f  | tkanina tapicerska/f | velvet linen leather
`);

export const ELECTRONICS = readNouns(`
headphones    | audio      | headphones | 8999  | wireless headphones | هدفون بی‌سیم     | سماعات لاسلكية/f   | беспроводные наушники/p | słuchawki bezprzewodowe/p | black white blue pink
earbuds       | audio      | headphones | 5999  | earbuds             | هندزفری          | سماعات أذن/f       | внутриканальные наушники/p | słuchawki douszne/p    | black white green pink
speaker       | audio      | speaker    | 4999  | Bluetooth speaker   | اسپیکر بلوتوثی   | مكبر صوت بلوتوث/m  | портативная колонка/f   | głośnik Bluetooth/m       | black red blue turquoise
soundbar      | audio      | speaker    | 17900 | soundbar            | ساندبار          | مكبر صوت شريطي/m   | саундбар/m              | soundbar/m                | black grey white
clock-radio   | audio      | speaker    | 3499  | clock radio         | رادیوساعت        | راديو منبه/m       | радиобудильник/m        | radiobudzik/m             | black white grey
laptop        | computers  | laptop     | 69900 | laptop              | لپ‌تاپ           | حاسوب محمول/m      | ноутбук/m               | laptop/m                  | grey black white
tablet        | computers  | phone      | 29900 | tablet              | تبلت             | جهاز لوحي/m        | планшет/m               | tablet/m                  | grey black pink
monitor       | computers  | monitor    | 18900 | monitor             | مانیتور          | شاشة حاسوب/f       | монитор/m               | monitor/m                 | black white grey
keyboard      | computers  | keyboard   | 4999  | keyboard            | صفحه‌کلید        | لوحة مفاتيح/f      | клавиатура/f            | klawiatura/f              | black white grey
mouse         | computers  | mouse      | 2499  | wireless mouse      | ماوس بی‌سیم      | فأرة لاسلكية/f     | беспроводная мышь/f     | mysz bezprzewodowa/f      | black white blue pink
webcam        | computers  | camera     | 4499  | webcam              | وب‌کم            | كاميرا ويب/f       | веб-камера/f            | kamera internetowa/f      | black white
memory-stick  | computers  | stick      | 1499  | USB stick           | فلش مموری        | ذاكرة USB/f        | USB-накопитель/m        | pendrive/m                | black blue red
router        | computers  | router     | 7999  | Wi-Fi router        | مودم وای‌فای     | موجه واي فاي/m     | Wi-Fi-роутер/m          | router Wi-Fi/m            | black white
smartphone    | phones     | phone      | 39900 | smartphone          | گوشی هوشمند      | هاتف ذكي/m         | смартфон/m              | smartfon/m                | black white blue green
smartwatch    | phones     | watch      | 14900 | smartwatch          | ساعت هوشمند      | ساعة ذكية/f        | умные часы/p            | smartwatch/m              | black grey pink
phone-case    | phones     | phone      | 1499  | phone case          | قاب گوشی         | غطاء هاتف/m        | чехол для телефона/m    | etui na telefon/n         | black green blue red pink purple
charger       | phones     | charger    | 2499  | USB-C charger       | شارژر USB-C      | شاحن USB-C/m       | зарядное устройство USB-C/n | ładowarka USB-C/f     | black white
cable         | phones     | cable      | 999   | USB-C cable         | کابل USB-C       | كابل USB-C/m       | кабель USB-C/m          | kabel USB-C/m             | black white red
power-bank    | phones     | charger    | 2999  | power bank          | پاوربانک         | بطارية متنقلة/f    | внешний аккумулятор/m   | powerbank/m               | black white blue green
kettle        | appliances | kettle     | 3499  | electric kettle     | کتری برقی        | غلاية كهربائية/f   | электрический чайник/m  | czajnik elektryczny/m     | black white red green
toaster       | appliances | toaster    | 3999  | toaster             | توستر            | محمصة خبز/f        | тостер/m                | toster/m                  | black white red turquoise
blender       | appliances | blender    | 4999  | blender             | مخلوط‌کن         | خلاط/m             | блендер/m               | blender/m                 | black white red
coffee-maker  | appliances | blender    | 8999  | coffee maker        | قهوه‌ساز         | آلة قهوة/f         | кофеварка/f             | ekspres do kawy/m         | black white red
hair-dryer    | appliances | dryer      | 3999  | hair dryer          | سشوار            | مجفف شعر/m         | фен/m                   | suszarka do włosów/f      | black white pink purple
iron          | appliances | iron       | 4499  | steam iron          | اتوی بخار        | مكواة بخار/f       | паровой утюг/m          | żelazko parowe/n          | blue purple green
vacuum        | appliances | vacuum     | 14900 | vacuum cleaner      | جاروبرقی         | مكنسة كهربائية/f   | пылесос/m               | odkurzacz/m               | red grey blue
fan           | appliances | fan        | 4499  | table fan           | پنکهٔ رومیزی     | مروحة طاولة/f      | настольный вентилятор/m | wentylator/m              | white black
desk-lamp     | lighting   | lamp       | 2999  | LED desk lamp       | چراغ مطالعهٔ LED | مصباح مكتب LED/m   | светодиодная лампа/f    | lampka biurkowa LED/f     | black white green red
`);
