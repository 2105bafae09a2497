/** Words that people use in a first message, by language; shared ones count for less. Uzbek stands in Latin, both scripts are read. */
import type { Language } from './languages.js'

export const FREQUENT_WORDS: Record<Language, string> = {
  en: `the a an i you he she and to is in for of my your can could how what where when who why do does did not dont have has had need
    help hello hi hey good morning please thank thanks work working job money passport they we us me it with from on are was were be get
    got take if or this that there any some about after before must should will would want know tell here without lost find lawyer doctor
    employer salary paid pay country apply documents children child school`,
  ru: `и в не на я что с по как у за к из мне есть это для могу можно если где когда нет да здравствуйте здрасте привет добрый день
    вечер утро спасибо пожалуйста помогите помощь нужна нужно нужен надо хочу работа работаю работал работать зарплата зарплату хозяин
    начальник регистрация документы паспорт деньги сколько скока куда кто меня мой моя мы нас был была были дней месяц год или
    уже только после чтобы какие какой какая делать скажите подскажите ли от до при без вы он она они его ее все но то бы чем человек
    ребенок дети получить сделать дали платит платят заплатили потерял узнать приехал еще щас сейчас через со об очень можете`,
  uk: `і й та в у не на я що з зі по як за до із мені є це для можу можна якщо де коли ні так привіт добрий добридень день вечір
    вітаю дякую будь ласка допоможіть допомога потрібна потрібно потрібен треба хочу робота працюю працювати зарплата скільки куди хто
    мене моя мій ми нас був була днів місяць рік або чи вже тільки після щоб які який яка робити скажіть підкажіть від при без ви він вона
    вони його її все але дитина дитині дитини діти отримати документи паспорт захист захистом гуманітарну України українець переїхала
    безкоштовно центр закінчується зараз дуже можете слава день доброго дня ранку`,
  tg: `ва дар ба аз ки ин он ман ту шумо мо онҳо аст нест ҳаст хаст мешавад шуд шудам шудан барои чӣ чи чист чанд кай куҷо кучо дарди тавр
    хел лозим кор корӣ салом ассалому алайкум алейкум раҳмат рахмат ташаккур хуб не бале мехоҳам мехохам метавонам метавон мумкин кумак
    кӯмак кунед кунам мекунад мекунанд лутфан рафтан карда кардан кардам рӯз руз моҳ сол пул ҳуҷҷат хуччат хона шавҳарам духтар писар роҳи
    баъд агар то ро номи бародар ака ҷон худ бояд манъ омадам маро мезанад надод надоданд додан гирифтан ёрӣ ёри ягон кадом чаро намедиҳад
    хоҷа соҳибкор маош русия тоҷикистон тоҷикӣ`,
  uz: `va men sen biz siz ular bu nima qanday qanaqa qayerda qayerdan qayerga qancha necha kerak kerakmi bor yo'q bormi mumkin mumkinmi
    uchun bilan salom assalomu alaykum aleykum alaykum rahmat raxmat iltimos yordam bering ber ish ishlash ishlayapman ishlagan pul pulimni
    hujjat hujjatlar qilish qilsam qilay qilaman olish olaman olsam bo'ladi bo'ladimi bo'lsa ham keyin oldin oy kun yil xo'jayin bermayapti
    kim qachon qaysi lekin shu edi ekan menga meni mening bolam uyda ichida yangi odam yaxshi yaxshimisiz qalaysiz qalay kelgan keldim
    yo'qotdim topshirish shartnoma ruxsatnoma o'zbek o'zbekiston o'zbekcha aka opa kerakli qanaqa nega`,
  ky: `жана мен сен биз сиз бул эмне кандай кайда кайдан канча качан керек керекпи бар жок барбы болобу болот болсо үчүн менен салам
    саламатсызбы саламатсыздарбы кандайсыз кандайсыздар рахмат жардам бериңиз бересизби суранам иш иштөө иштеп жумуш жумушта акча бербей
    жатам жатат алуу алдым алам кылам кылсам кылуу эле экен ай күн жыл кантип ким ага мага менин балам баламды үй деген дейт жаңы болчу
    кыргыз кыргызча кыргызстан кыргыздарга айлык бербейт ооба паспортумду жоготуп сабап күйөөм арызданам мектепке`,
  kk: `және мен сен біз сіз бұл не қандай қайда қайдан қанша қашан керек пе ме ма бар жоқ бола болады үшін сәлем салем сәлеметсіз
    салеметсиз бе қалайсыз қалай қалайсың қалайсыздар рақмет рахмет көмек көмектесіңіз көмектесіңізші жұмыс жұмыста істеу істеймін ақша құжат
    алу аламын алуға жатыр еді екен ай күн жыл кім маған менің беріңіз беріңізші тіркеу тіркелу азамат азаматы азаматтығын қазақ қазақстан
    қазақстанда қазақша айтыңызшы берейін бермейді бермей жалақы иә балалар балам ұрып күйеуім рұқсат рұқсатсыз`,
  cs: `a v ve na se si je že to jak kde kdy co do pro za z ze s k ke o u po od nebo ale mám máme má chci chceme potřebuji potřebujeme
    potřebuju prosím děkuji děkuju díky dobrý den večer ahoj ano ne pomoc pomozte práce práci peníze jsem jsme jsou můžu mohu může musím
    musí kolik kdo kam pokud když žádost žádá pobyt pobytu ochrana ochranu ochrany dítě děti syn dcera podmínky škola školy lékař doktor
    už jen taky také můj moje mi mě nás vás byl byla bylo dní měsíc rok zaměstnavatel mzda výplata nezaplatil zdravím čeština česky`,
}
