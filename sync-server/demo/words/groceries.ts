// Groceries as fixed phrases, so that nothing has to agree. Columns:
//   category | motif | picture colour | packs | price in minor units of the first pack | en | fa | ar | ru | pl
// Packs: `500g 1000g`, `250ml 1000ml`, `6pc`; `kg` and `l` are sold loose by kilogram or litre, `1pc` by the piece.
// `warm` after it: grown in warm countries only.

import { readPhrases } from './grammar.ts';

/** Loose and fresh: named by where they come from instead of by a brand. */
export const PRODUCE = readPhrases(`
produce | apple  | red    | kg  | 249  | Apples           | سیب             | تفاح            | Яблоки           | Jabłka
produce | apple  | green  | kg  | 279  | Green apples     | سیب سبز         | تفاح أخضر       | Зелёные яблоки   | Zielone jabłka
produce | apple  | yellow | kg  | 299  | Pears            | گلابی           | إجاص            | Груши            | Gruszki
produce | banana | yellow | kg warm | 179  | Bananas          | موز             | موز             | Бананы           | Banany
produce | orange | orange | kg warm | 229  | Oranges          | پرتقال          | برتقال          | Апельсины        | Pomarańcze
produce | orange | orange | kg warm | 259  | Mandarins        | نارنگی          | يوسفي           | Мандарины        | Mandarynki
produce | orange | yellow | kg warm | 299  | Lemons           | لیموترش         | ليمون           | Лимоны           | Cytryny
produce | orange | pink   | kg warm | 249  | Grapefruit       | گریپ‌فروت       | جريب فروت       | Грейпфруты       | Grejpfruty
produce | grapes | green  | kg warm | 399  | White grapes     | انگور سفید      | عنب أبيض        | Белый виноград   | Białe winogrona
produce | grapes | purple | kg warm | 429  | Red grapes       | انگور قرمز      | عنب أحمر        | Красный виноград | Czerwone winogrona
produce | berry  | red    | kg  | 599  | Strawberries     | توت‌فرنگی       | فراولة          | Клубника         | Truskawki
produce | berry  | burgundy | kg | 799 | Cherries         | گیلاس           | كرز             | Черешня          | Czereśnie
produce | apple  | orange | kg warm | 349  | Peaches          | هلو             | خوخ             | Персики          | Brzoskwinie
produce | apple  | orange | kg warm | 449  | Apricots         | زردآلو          | مشمش            | Абрикосы         | Morele
produce | grapes | purple | kg  | 329  | Plums            | آلو             | برقوق           | Сливы            | Śliwki
produce | apple  | red    | kg warm | 449  | Pomegranates     | انار            | رمان            | Гранаты          | Granaty
produce | berry  | purple | kg warm | 699  | Figs             | انجیر           | تين             | Инжир            | Figi
produce | orange | brown  | kg warm | 499  | Kiwi fruit       | کیوی            | كيوي            | Киви             | Kiwi
produce | melon  | green  | kg warm | 129  | Watermelon       | هندوانه         | بطيخ            | Арбуз            | Arbuz
produce | melon  | yellow | kg warm | 199  | Melon            | خربزه           | شمام            | Дыня             | Melon
produce | tomato | red    | kg  | 299  | Tomatoes         | گوجه‌فرنگی      | طماطم           | Помидоры         | Pomidory
produce | tomato | red    | kg  | 549  | Cherry tomatoes  | گوجه گیلاسی     | طماطم كرزية     | Помидоры черри   | Pomidory koktajlowe
produce | cucumber | green | kg | 219  | Cucumbers        | خیار            | خيار            | Огурцы           | Ogórki
produce | tomato | yellow | kg  | 399  | Yellow peppers   | فلفل دلمه‌ای زرد | فلفل أصفر      | Жёлтый перец     | Żółta papryka
produce | tomato | red    | kg  | 399  | Red peppers      | فلفل دلمه‌ای قرمز | فلفل أحمر     | Красный перец    | Czerwona papryka
produce | cucumber | purple | kg warm | 329 | Aubergines       | بادمجان         | باذنجان         | Баклажаны        | Bakłażany
produce | cucumber | green | kg | 249  | Courgettes       | کدو سبز         | كوسا            | Кабачки          | Cukinie
produce | carrot | orange | kg  | 119  | Carrots          | هویج            | جزر             | Морковь          | Marchew
produce | potato | beige  | kg  | 129  | Potatoes         | سیب‌زمینی       | بطاطس           | Картофель        | Ziemniaki
produce | potato | orange | kg warm | 279  | Sweet potatoes   | سیب‌زمینی شیرین | بطاطا حلوة      | Батат            | Bataty
produce | onion  | brown  | kg  | 119  | Onions           | پیاز            | بصل             | Лук репчатый     | Cebula
produce | onion  | purple | kg  | 179  | Red onions       | پیاز قرمز       | بصل أحمر        | Красный лук      | Czerwona cebula
produce | onion  | white  | kg  | 749  | Garlic           | سیر             | ثوم             | Чеснок           | Czosnek
produce | leaf   | green  | kg  | 299  | Leeks            | تره‌فرنگی       | كراث            | Лук-порей        | Pory
produce | leaf   | green  | kg  | 499  | Spinach          | اسفناج          | سبانخ           | Шпинат           | Szpinak
produce | leaf   | green  | kg  | 149  | White cabbage    | کلم سفید        | ملفوف أبيض      | Белокочанная капуста | Biała kapusta
produce | leaf   | white  | kg  | 249  | Cauliflower      | گل‌کلم          | قرنبيط          | Цветная капуста  | Kalafior
produce | leaf   | green  | kg  | 299  | Broccoli         | بروکلی          | بروكلي          | Брокколи         | Brokuły
produce | leaf   | green  | kg  | 449  | Green beans      | لوبیا سبز       | فاصوليا خضراء   | Зелёная фасоль   | Fasolka szparagowa
produce | mushroom | beige | kg | 549  | Mushrooms        | قارچ            | فطر             | Шампиньоны       | Pieczarki
produce | onion  | burgundy | kg | 179 | Beetroot         | چغندر           | شمندر           | Свёкла           | Buraki
produce | melon  | orange | kg  | 199  | Pumpkin          | کدو حلوایی      | يقطين           | Тыква            | Dynia
produce | potato | beige  | kg warm | 599  | Ginger           | زنجبیل          | زنجبيل          | Имбирь           | Imbir
produce | leaf   | green  | 1pc | 119  | Lettuce          | کاهو            | خس              | Салат-латук      | Sałata
produce | leaf   | green  | 1pc | 99   | Bunch of parsley | یک دسته جعفری   | باقة بقدونس     | Пучок петрушки   | Pęczek pietruszki
produce | leaf   | green  | 1pc | 109  | Bunch of mint    | یک دسته نعنا    | باقة نعناع      | Пучок мяты       | Pęczek mięty
produce | leaf   | green  | 1pc | 99   | Bunch of dill    | یک دسته شوید    | باقة شبت        | Пучок укропа     | Pęczek koperku
produce | carrot | red    | 1pc | 99   | Bunch of radishes | یک دسته تربچه  | باقة فجل        | Пучок редиса     | Pęczek rzodkiewek
produce | orange | yellow | 1pc warm | 249  | Pineapple        | آناناس          | أناناس          | Ананас           | Ananas
produce | apple  | green  | 1pc warm | 149  | Avocado          | آووکادو         | أفوكادو         | Авокадо          | Awokado
produce | bottle | green  | l warm | 999  | Olive oil on tap | روغن زیتون فله  | زيت زيتون سائب  | Оливковое масло на розлив | Oliwa na litry
produce | bottle | yellow | l   | 349  | Apple vinegar on tap | سرکه سیب فله | خل تفاح سائب   | Яблочный уксус на розлив | Ocet jabłkowy na litry
`);

/** From which country, as the second half of a fresh item's name; the number is a price factor in hundredths. */
export const ORIGINS = readPhrases(`
- | - | - | cool | 100 | Germany      | آلمان        | ألمانيا      | Германия   | Niemcy
- | - | - | warm | 104 | Spain        | اسپانیا      | إسبانيا      | Испания    | Hiszpania
- | - | - | warm | 108 | Italy        | ایتالیا      | إيطاليا      | Италия     | Włochy
- | - | - | cool | 96  | Poland       | لهستان       | بولندا       | Польша     | Polska
- | - | - | cool | 102 | Netherlands  | هلند         | هولندا       | Нидерланды | Holandia
- | - | - | warm | 98  | Turkey       | ترکیه        | تركيا        | Турция     | Turcja
- | - | - | warm | 95  | Egypt        | مصر          | مصر          | Египет     | Egipt
- | - | - | warm | 97  | Morocco      | مراکش        | المغرب       | Марокко    | Maroko
- | - | - | warm | 112 | Iran         | ایران        | إيران        | Иран       | Iran
- | - | - | warm | 103 | Greece       | یونان        | اليونان      | Греция     | Grecja
- | - | - | warm | 110 | South Africa | آفریقای جنوبی | جنوب أفريقيا | ЮАР        | RPA
- | - | - | cool | 115 | France       | فرانسه       | فرنسا        | Франция    | Francja
`);

/** Counter goods with a brand, weighed at the till or the scale. */
export const COUNTER = readPhrases(`
deli | cheese  | yellow | kg | 1190 | Gouda cheese         | پنیر گودا           | جبنة غودا         | Сыр гауда           | Ser gouda
deli | cheese  | yellow | kg | 1390 | Emmental cheese      | پنیر امنتال         | جبنة إمنتال       | Сыр эмменталь       | Ser ementaler
deli | cheese  | white  | kg | 1290 | Sheep's milk cheese  | پنیر گوسفندی        | جبنة غنم          | Овечий сыр          | Ser owczy
deli | cheese  | brown  | kg | 1490 | Smoked cheese        | پنیر دودی           | جبنة مدخنة        | Копчёный сыр        | Ser wędzony
deli | meat    | pink   | kg | 1790 | Turkey ham           | ژامبون بوقلمون      | لحم ديك رومي مدخن | Ветчина из индейки  | Szynka z indyka
deli | meat    | red    | kg | 1990 | Beef salami          | سالامی گوساله       | سلامي بقري        | Говяжья салями      | Salami wołowe
deli | meat    | brown  | kg | 1290 | Beef sausages        | سوسیس گوساله        | نقانق بقرية       | Говяжьи колбаски    | Kiełbaski wołowe
deli | meat    | pink   | kg | 999  | Chicken breast       | سینه مرغ            | صدور دجاج         | Куриное филе        | Filet z kurczaka
deli | meat    | red    | kg | 1190 | Minced beef          | گوشت چرخ‌کرده       | لحم بقري مفروم    | Говяжий фарш        | Mielona wołowina
deli | meat    | burgundy | kg | 1890 | Leg of lamb        | ران گوسفند          | فخذ خروف          | Баранья нога        | Udziec jagnięcy
deli | fish    | orange | kg | 2490 | Salmon fillet        | فیله سالمون         | فيليه سلمون       | Филе лосося         | Filet z łososia
deli | fish    | grey   | kg | 1490 | Trout                | قزل‌آلا             | تراوت             | Форель              | Pstrąg
deli | fish    | pink   | kg | 2190 | Shrimps              | میگو                | روبيان            | Креветки            | Krewetki
deli | jar     | green  | kg | 1290 | Marinated olives     | زیتون پرورده        | زيتون متبل        | Маринованные оливки | Oliwki marynowane
deli | jar     | beige  | kg | 990  | Hummus               | حمص                 | حمص               | Хумус               | Hummus
deli | leaf    | green  | kg | 1390 | Stuffed vine leaves  | دلمه برگ مو         | ورق عنب محشي      | Долма               | Dolma
`);
