import '../view/card.ts';
