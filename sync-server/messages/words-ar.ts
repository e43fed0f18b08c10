// What customers are told, in Arabic.

import type { MessageWords } from './message-words.ts';

export const AR: MessageWords = {
  direction: 'rtl',
  locale: 'ar-EG',
  greeting: (name) => `مرحبًا ${name}،`,
  subject: {
    placed: (code) => `استلمنا طلبك ${code}`,
    ready: (code) => `طلبك ${code} جاهز`,
    reminder: (code) => `طلبك ${code} ما زال في انتظارك`,
    rejected: (code) => `لا يمكننا تجهيز طلبك ${code}`,
    released: (code) => `أُلغي طلبك ${code}`,
    expired: (code) => `انتهت مهلة طلبك ${code}`,
    'handed-over': (code) => `شكرًا لاستلامك الطلب ${code}`,
    apology: (code) => `نعتذر بشأن طلبك ${code}`,
    moved: (code) => `فرع آخر يحتفظ بطلبك، ورمزه الآن ${code}`,
    postponed: (code) => `سيتأخر طلبك ${code}`,
    substitute: (code) => `نعرض عليك بديلًا في طلبك ${code}`,
  },
  body: {
    placed: (store, until) =>
      `بضاعتك محجوزة لك في ${store} حتى ${until}. سنكتب إليك مجددًا فور أن تصبح جاهزة.`,
    ready: (store, until) => `طلبك جاهز في ${store}. يُرجى استلامه قبل ${until} وإحضار هذا الرمز معك.`,
    reminder: (store, until) =>
      `طلبك ما زال في انتظارك في ${store}. نحتفظ به حتى ${until}، ثم نعيد البضاعة إلى الرفوف.`,
    rejected: (store) => `نأسف: لم يجد ${store} ما طلبته. لن تدفع شيئًا.`,
    released: (store) => `أُلغي طلبك في ${store}. إن لم تطلب ذلك فاتصل بنا من فضلك.`,
    expired: (store) => `لم يُستلم طلبك في ${store} في الموعد، فعادت البضاعة إلى الرفوف.`,
    apology: (store) =>
      `نأسف كثيرًا: ما وعدناك به في ${store} بيع في المتجر خطأً، وليس لدينا غيره. أُلغي طلبك ولن تدفع شيئًا، وما دفعته يُعاد إليك.`,
    moved: (store, until) =>
      `نأسف: الفرع الذي اخترته لم يعد لديه ما طلبته. يحتفظ به ${store} لك حتى ${until} بالرمز الجديد أدناه.`,
    postponed: (store, until) =>
      `نأسف: ما وعدناك به في ${store} نفد. سنوفره لك من جديد ونحتفظ به حتى ${until}. إن كان ذلك متأخرًا فاتصل بنا من فضلك.`,
    substitute: (store) =>
      `نأسف: لم يعد لدى ${store} ما طلبته، ويعرض عليك شيئًا آخر بدلًا منه. يُرجى القبول أو الرفض في صفحة طلبك، أو الاتصال بنا.`,
    'handed-over': (store) => `شكرًا لزيارتك ${store}. أخبرنا برأيك في صفحة طلبك.`,
  },
  code: 'الرمز',
  goods: 'البضاعة',
  follow: 'تابع طلبك',
  noReply: 'أُرسلت هذه الرسالة تلقائيًا.',
};
