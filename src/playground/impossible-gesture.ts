/** A gesture nobody could make on the screen: the button isn't there, the person isn't in the conversation. */
export class ImpossibleGesture extends Error {
  override name = 'ImpossibleGesture';
}
