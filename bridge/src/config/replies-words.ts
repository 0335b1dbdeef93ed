/** Whole messages that end further ones, whatever their case, accents and punctuation. No "cancel": buyers write it about their order. */
export const STOP_WORDS = [
	...['stop', 'stop all', 'stopall', 'stop promotions', 'stop messages', 'unsubscribe', 'opt out', 'optout', 'quit'],
	...['बंद करें', 'बंद करो', 'बंद', 'रोकें', 'रोको', 'स्टॉप', 'band karo', 'band karein'],
	...['parar', 'pare', 'sair', 'descadastrar', 'cancelar inscrição', 'não quero receber'],
	...['detener', 'baja', 'darse de baja', 'dar de baja', 'cancelar suscripción', 'no más mensajes'],
	...['توقف', 'إيقاف', 'أوقف', 'قف', 'إلغاء الاشتراك'],
	...['stopp', 'abmelden', 'abbestellen', 'keine werbung', 'keine nachrichten mehr'],
	...['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'me désabonner', 'se désabonner', 'désinscription'],
	...['berhenti', 'henti', 'berhenti berlangganan'],
	...['disiscriviti', 'annulla iscrizione', 'afmelden', 'durdur', 'стоп', 'отписаться'],
	...['বন্ধ করুন', 'બંધ કરો', 'थांबवा', 'நிறுத்து', 'ఆపు'],
];
/** Whole messages that allow them again. */
export const START_WORDS = [
	...['start', 'unstop', 'subscribe', 'resubscribe', 'opt in', 'optin', 'resume'],
	...['शुरू करें', 'शुरू करो', 'शुरू', 'चालू करें', 'स्टार्ट', 'shuru karo'],
	...['iniciar', 'começar', 'voltar a receber', 'empezar', 'comenzar', 'reanudar', 'suscribir'],
	...['ابدأ', 'ابدء', 'بدء', 'اشتراك', 'اشترك'],
	...['starten', 'anmelden', 'fortsetzen', 'démarrer', 'commencer', 'reprendre', "s'abonner"],
	...['mulai', 'langganan', 'berlangganan', 'aanmelden', 'başla', 'старт'],
];
