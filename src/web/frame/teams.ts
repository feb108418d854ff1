// All that is taken of the SDK, so that the rest of it is not built in.
export { app, authentication } from '@microsoft/teams-js';
