// Packaged groceries as fixed phrases with a brand and a pack. Columns as in groceries.ts.

import { readPhrases } from './grammar.ts';

export const PACKAGED = readPhrases(`
dairy  | carton | white  | 1000ml 500ml | 119 | Whole milk           | شیر پرچرب            | حليب كامل الدسم     | Цельное молоко      | Mleko pełne
dairy  | carton | blue   | 1000ml 500ml | 109 | Low-fat milk         | شیر کم‌چرب           | حليب قليل الدسم     | Обезжиренное молоко | Mleko odtłuszczone
dairy  | cup    | white  | 500g 1000g 150g | 129 | Natural yoghurt   | ماست ساده            | زبادي طبيعي         | Натуральный йогурт  | Jogurt naturalny
dairy  | cup    | red    | 150g 400g    | 69  | Strawberry yoghurt   | ماست توت‌فرنگی       | زبادي بالفراولة     | Клубничный йогурт   | Jogurt truskawkowy
dairy  | cup    | orange | 150g 400g    | 69  | Peach yoghurt        | ماست هلو             | زبادي بالخوخ        | Персиковый йогурт   | Jogurt brzoskwiniowy
dairy  | pack   | yellow | 250g 125g    | 229 | Butter               | کره                  | زبدة                | Сливочное масло     | Masło
dairy  | cup    | cream  | 200ml 500ml  | 99  | Cream                | خامه                 | كريمة               | Сливки              | Śmietanka
dairy  | cup    | white  | 200g 400g    | 89  | Sour cream           | خامه ترش             | كريمة حامضة         | Сметана             | Śmietana
dairy  | bottle | white  | 500ml 1000ml | 119 | Kefir                | کفیر                 | كفير                | Кефир               | Kefir
dairy  | bottle | blue   | 500ml 250ml 1500ml | 99 | Ayran           | دوغ                  | عيران               | Айран               | Ajran
dairy  | cheese | white  | 250g 500g    | 199 | White cheese         | پنیر سفید            | جبنة بيضاء          | Творожный сыр       | Ser biały
dairy  | cup    | white  | 250g 500g    | 189 | Labneh               | لبنه                 | لبنة                | Лабне               | Labneh
dairy  | cheese | cream  | 125g 250g    | 99  | Mozzarella           | پنیر موتزارلا        | جبنة موزاريلا       | Моцарелла           | Mozzarella
dairy  | egg    | beige  | 10pc 6pc     | 249 | Free-range eggs      | تخم‌مرغ محلی         | بيض بلدي            | Яйца деревенские    | Jajka z wolnego wybiegu
bakery | bread  | brown  | 500g 750g    | 249 | Wholegrain bread     | نان سبوس‌دار         | خبز القمح الكامل    | Цельнозерновой хлеб | Chleb pełnoziarnisty
bakery | bread  | brown  | 500g 1000g   | 229 | Rye bread            | نان چاودار           | خبز الجاودار        | Ржаной хлеб         | Chleb żytni
bakery | bread  | cream  | 500g 250g    | 159 | Toast bread          | نان تست              | خبز توست            | Тостовый хлеб       | Chleb tostowy
bakery | bread  | beige  | 400g 800g    | 149 | Lavash flatbread     | نان لواش             | خبز لافاش           | Лаваш               | Lawasz
bakery | bread  | beige  | 5pc 10pc     | 139 | Pita bread           | نان پیتا             | خبز بيتا            | Пита                | Chlebek pita
bakery | bread  | orange | 250g         | 109 | Baguette             | باگت                 | باغيت               | Багет               | Bagietka
bakery | bread  | beige  | 4pc 8pc      | 119 | Bread rolls          | نان گرد              | أقراص خبز           | Булочки             | Bułki
bakery | croissant | orange | 1pc 4pc   | 99  | Butter croissant     | کروسان کره‌ای        | كرواسون بالزبدة     | Сливочный круассан  | Rogalik maślany
bakery | croissant | brown | 4pc 6pc    | 249 | Chocolate muffins    | مافین شکلاتی         | مافن بالشوكولاتة    | Шоколадные маффины  | Muffiny czekoladowe
bakery | bread  | brown  | 1pc 3pc      | 89  | Pretzel              | پرتزل                | بريتزل              | Крендель            | Precel
bakery | bread  | orange | 1pc 3pc      | 119 | Sesame ring          | نان حلقه‌ای کنجدی    | كعك بالسمسم         | Бублик с кунжутом   | Obwarzanek z sezamem
pantry | bag    | cream  | 1000g 500g 5000g | 349 | Basmati rice     | برنج باسماتی         | أرز بسمتي           | Рис басмати         | Ryż basmati
pantry | bag    | white  | 1000g 500g   | 249 | Round-grain rice     | برنج گرد             | أرز قصير الحبة      | Круглозёрный рис    | Ryż okrągły
pantry | bag    | yellow | 500g 1000g   | 129 | Spaghetti            | اسپاگتی              | سباغيتي             | Спагетти            | Spaghetti
pantry | bag    | yellow | 500g 1000g   | 129 | Penne pasta          | پاستا پنه            | معكرونة بيني        | Макароны пенне      | Makaron penne
pantry | bag    | yellow | 500g         | 189 | Couscous             | کوسکوس               | كسكس                | Кускус              | Kuskus
pantry | bag    | brown  | 500g 1000g   | 179 | Bulgur               | بلغور                | برغل                | Булгур              | Kasza bulgur
pantry | bag    | brown  | 500g 1000g   | 199 | Buckwheat            | گندم سیاه            | حنطة سوداء          | Гречневая крупа     | Kasza gryczana
pantry | bag    | orange | 500g 1000g   | 219 | Red lentils          | عدس قرمز             | عدس أحمر            | Красная чечевица    | Soczewica czerwona
pantry | bag    | beige  | 500g 1000g   | 199 | Chickpeas            | نخود                 | حمص حب              | Нут                 | Ciecierzyca
pantry | can    | red    | 400g 800g    | 99  | Red beans            | لوبیا قرمز           | فاصوليا حمراء       | Красная фасоль      | Czerwona fasola
pantry | pack   | beige  | 500g 1000g   | 119 | Oat flakes           | پرک جو دوسر          | رقائق الشوفان       | Овсяные хлопья      | Płatki owsiane
pantry | pack   | orange | 375g 750g    | 269 | Muesli with fruit    | موسلی میوه‌ای        | موسلي بالفواكه      | Мюсли с фруктами    | Musli z owocami
pantry | pack   | yellow | 375g 500g    | 229 | Corn flakes          | پرک ذرت              | رقائق الذرة         | Кукурузные хлопья   | Płatki kukurydziane
pantry | bag    | white  | 1000g 500g   | 89  | Wheat flour          | آرد گندم             | دقيق القمح          | Пшеничная мука      | Mąka pszenna
pantry | bag    | white  | 1000g 500g   | 119 | Sugar                | شکر                  | سكر                 | Сахар               | Cukier
pantry | bag    | blue   | 500g 1000g   | 79  | Sea salt             | نمک دریا             | ملح بحري            | Морская соль        | Sól morska
pantry | bottle | yellow | 1000ml 500ml | 219 | Sunflower oil        | روغن آفتابگردان      | زيت دوار الشمس      | Подсолнечное масло  | Olej słonecznikowy
pantry | bottle | green  | 500ml 750ml 1000ml | 699 | Olive oil      | روغن زیتون           | زيت زيتون           | Оливковое масло     | Oliwa z oliwek
pantry | bottle | orange | 500ml 750ml  | 199 | Apple vinegar        | سرکه سیب             | خل التفاح           | Яблочный уксус      | Ocet jabłkowy
pantry | can    | red    | 200g 400g 800g | 99 | Tomato paste        | رب گوجه‌فرنگی        | معجون طماطم         | Томатная паста      | Koncentrat pomidorowy
pantry | can    | blue   | 160g 185g    | 199 | Tuna in oil          | تن ماهی در روغن      | تونة بالزيت         | Тунец в масле       | Tuńczyk w oleju
pantry | can    | yellow | 340g 150g    | 119 | Sweet corn           | ذرت شیرین            | ذرة حلوة            | Сладкая кукуруза    | Kukurydza słodka
pantry | jar    | green  | 350g 700g    | 249 | Green olives         | زیتون سبز            | زيتون أخضر          | Зелёные оливки      | Zielone oliwki
pantry | jar    | green  | 670g 350g    | 189 | Pickled cucumbers    | خیارشور              | مخلل خيار           | Солёные огурцы      | Ogórki kiszone
pantry | jar    | orange | 500g 250g    | 549 | Blossom honey        | عسل گل‌ها            | عسل الزهور          | Цветочный мёд       | Miód kwiatowy
pantry | jar    | red    | 450g 225g    | 229 | Strawberry jam       | مربای توت‌فرنگی      | مربى الفراولة       | Клубничный джем     | Dżem truskawkowy
pantry | jar    | orange | 450g 225g    | 229 | Apricot jam          | مربای زردآلو         | مربى المشمش         | Абрикосовый джем    | Dżem morelowy
pantry | jar    | brown  | 350g 500g    | 299 | Peanut butter        | کره بادام‌زمینی      | زبدة الفول السوداني | Арахисовая паста    | Masło orzechowe
pantry | jar    | beige  | 300g 600g    | 399 | Tahini               | ارده                 | طحينة               | Тахини              | Tahini
pantry | jar    | yellow | 200g 250g    | 89  | Mustard              | سس خردل              | خردل                | Горчица             | Musztarda
pantry | bottle | red    | 500ml 300ml  | 179 | Ketchup              | سس کچاپ              | كاتشب               | Кетчуп              | Ketchup
pantry | jar    | cream  | 500ml 250ml  | 199 | Mayonnaise           | سس مایونز            | مايونيز             | Майонез             | Majonez
pantry | bottle | black  | 250ml 500ml  | 219 | Soy sauce            | سس سویا              | صلصة الصويا         | Соевый соус         | Sos sojowy
pantry | spice  | red    | 50g 100g     | 149 | Ground paprika       | پودر پاپریکا         | بابريكا مطحونة      | Молотая паприка     | Papryka mielona
pantry | spice  | black  | 50g 100g     | 199 | Black pepper         | فلفل سیاه            | فلفل أسود           | Чёрный перец        | Czarny pieprz
pantry | spice  | yellow | 50g 100g     | 159 | Turmeric             | زردچوبه              | كركم                | Куркума             | Kurkuma
pantry | spice  | brown  | 50g 100g     | 149 | Cinnamon             | دارچین               | قرفة                | Корица              | Cynamon
pantry | spice  | burgundy | 1g 2g      | 499 | Saffron              | زعفران               | زعفران              | Шафран              | Szafran
pantry | bag    | brown  | 500g 250g 1000g | 399 | Dates             | خرما                 | تمر                 | Финики              | Daktyle
pantry | bag    | brown  | 200g 500g    | 149 | Raisins              | کشمش                 | زبيب                | Изюм                | Rodzynki
pantry | bag    | brown  | 200g 500g    | 329 | Walnuts              | مغز گردو             | جوز                 | Грецкие орехи       | Orzechy włoskie
pantry | bag    | beige  | 200g 500g    | 299 | Almonds              | مغز بادام            | لوز                 | Миндаль             | Migdały
pantry | bag    | green  | 200g 500g    | 449 | Pistachios           | پسته                 | فستق                | Фисташки            | Pistacje
drinks | bottle | blue   | 1500ml 500ml 1000ml | 49 | Still water    | آب معدنی             | مياه معدنية         | Негазированная вода | Woda niegazowana
drinks | bottle | turquoise | 1500ml 500ml 1000ml | 55 | Sparkling water | آب معدنی گازدار  | مياه معدنية غازية   | Газированная вода   | Woda gazowana
drinks | carton | orange | 1000ml 200ml | 199 | Orange juice         | آب پرتقال            | عصير برتقال         | Апельсиновый сок    | Sok pomarańczowy
drinks | carton | green  | 1000ml 200ml | 159 | Apple juice          | آب سیب               | عصير تفاح           | Яблочный сок        | Sok jabłkowy
drinks | bottle | burgundy | 1000ml 330ml | 349 | Pomegranate juice  | آب انار              | عصير رمان           | Гранатовый сок      | Sok z granatów
drinks | bottle | yellow | 1000ml 330ml | 129 | Lemonade             | لیموناد              | ليمونادة            | Лимонад             | Lemoniada
drinks | bottle | black  | 1000ml 330ml 1500ml | 119 | Cola          | نوشابهٔ کولا         | كولا                | Кола                | Napój cola
drinks | bottle | orange | 1500ml 500ml | 139 | Peach iced tea       | چای سرد هلو          | شاي مثلج بالخوخ     | Холодный чай с персиком | Herbata mrożona brzoskwiniowa
drinks | bottle | brown  | 330ml 1000ml | 99  | Malt drink           | ماءالشعیر            | شراب شعير           | Солодовый напиток   | Napój słodowy
drinks | carton | beige  | 1000ml       | 199 | Oat drink            | نوشیدنی جو دوسر      | مشروب الشوفان       | Овсяный напиток     | Napój owsiany
drinks | pack   | burgundy | 250g 500g 100g | 349 | Black tea        | چای سیاه             | شاي أسود            | Чёрный чай          | Czarna herbata
drinks | pack   | green  | 100g 250g    | 299 | Green tea            | چای سبز              | شاي أخضر            | Зелёный чай         | Zielona herbata
drinks | pack   | turquoise | 50g 100g  | 199 | Peppermint tea       | دمنوش نعنا           | شاي نعناع           | Мятный чай          | Herbata miętowa
drinks | bag    | brown  | 500g 1000g 250g | 699 | Coffee beans      | دانهٔ قهوه           | حبوب قهوة           | Кофе в зёрнах       | Kawa ziarnista
drinks | pack   | brown  | 500g 250g    | 549 | Ground coffee        | قهوهٔ آسیاب‌شده      | قهوة مطحونة         | Молотый кофе        | Kawa mielona
drinks | jar    | brown  | 100g 200g    | 449 | Instant coffee       | قهوهٔ فوری           | قهوة سريعة التحضير  | Растворимый кофе    | Kawa rozpuszczalna
drinks | pack   | brown  | 250g 125g    | 249 | Cocoa powder         | پودر کاکائو          | مسحوق كاكاو         | Какао-порошок       | Kakao w proszku
sweets | bar    | black  | 100g 200g    | 129 | Dark chocolate       | شکلات تلخ            | شوكولاتة داكنة      | Тёмный шоколад      | Czekolada gorzka
sweets | bar    | brown  | 100g 200g    | 119 | Milk chocolate       | شکلات شیری           | شوكولاتة بالحليب    | Молочный шоколад    | Czekolada mleczna
sweets | bar    | beige  | 100g 200g    | 149 | Hazelnut chocolate   | شکلات فندقی          | شوكولاتة بالبندق    | Шоколад с фундуком  | Czekolada z orzechami
sweets | pack   | yellow | 200g 400g    | 149 | Butter biscuits      | بیسکویت کره‌ای       | بسكويت بالزبدة      | Сливочное печенье   | Herbatniki maślane
sweets | pack   | brown  | 250g 500g    | 199 | Gingerbread          | نان زنجبیلی          | كعك الزنجبيل        | Имбирные пряники    | Pierniki
sweets | pack   | orange | 150g 300g    | 129 | Hazelnut wafers      | ویفر فندقی           | ويفر بالبندق        | Вафли с фундуком    | Wafelki orzechowe
sweets | bag    | red    | 200g 300g    | 99  | Fruit gummies        | پاستیل میوه‌ای       | حلوى هلامية بالفواكه | Фруктовый мармелад | Żelki owocowe
sweets | pack   | pink   | 250g 450g    | 349 | Turkish delight      | راحت‌الحلقوم         | راحة الحلقوم        | Рахат-лукум         | Rachatłukum
sweets | pack   | beige  | 350g 500g    | 399 | Sesame halva         | حلوا ارده            | حلاوة طحينية        | Кунжутная халва     | Chałwa sezamowa
sweets | pack   | orange | 400g 800g    | 699 | Baklava              | باقلوا               | بقلاوة              | Пахлава             | Baklawa
sweets | bag    | yellow | 175g 40g     | 149 | Potato crisps        | چیپس سیب‌زمینی       | رقائق البطاطس       | Картофельные чипсы  | Chipsy ziemniaczane
sweets | bag    | red    | 100g 200g    | 119 | Salted popcorn       | پاپ‌کورن نمکی        | فشار مملح           | Солёный попкорн     | Popcorn solony
sweets | bag    | beige  | 200g 500g    | 149 | Salted peanuts       | بادام‌زمینی شور      | فول سوداني مملح     | Солёный арахис      | Orzeszki solone
sweets | bag    | black  | 200g 400g    | 129 | Sunflower seeds      | تخمهٔ آفتابگردان     | بذور دوار الشمس     | Семечки подсолнечника | Pestki słonecznika
sweets | pack   | turquoise | 10pc 30pc | 69  | Mint chewing gum     | آدامس نعنایی         | علكة بالنعناع       | Мятная жевательная резинка | Guma miętowa
sweets | cup    | cream  | 500ml 900ml  | 299 | Vanilla ice cream    | بستنی وانیلی         | آيس كريم بالفانيليا | Ванильное мороженое | Lody waniliowe
sweets | cup    | green  | 500ml 900ml  | 399 | Pistachio ice cream  | بستنی پسته‌ای        | آيس كريم بالفستق    | Фисташковое мороженое | Lody pistacjowe
`);
