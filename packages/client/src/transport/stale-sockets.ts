/** Faults of kept connections that the other side had closed: the request may be sent again, for free. */

export const staleSockets = new WeakSet<object>()
