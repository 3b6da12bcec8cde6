/** The wire on which the server says that something is new; losing it loses nothing, the net polls. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const NET_MS = 10000;
const NET_WITHOUT_WIRE_MS = 2000;

/**
 * *address()* gives the socket's URL anew for each attempt; *heard* takes each message, *look* is
 * called whenever steps may have been missed, and from time to time in any case.
 */
export class Wire {
  constructor({address, heard, look, changed = () => {}}) {
    Object.assign(this, {address, heard, look, changed});
    this.isOpen = false;
    this.wait = FIRST_WAIT_MS;
    this.open();
    this.net();
  }

  open() {
    if (this.isEnded) return;
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onopen = () => {
      this.isOpen = true;
      this.wait = FIRST_WAIT_MS;
      this.changed(true);
      this.look();
    };
    socket.onmessage = ({data}) => this.hear(data);
    socket.onclose = () => this.lost(socket);
  }

  hear(data) {
    let message = null;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    this.heard(message);
  }

  lost(socket) {
    if (socket !== this.socket || this.isEnded) return;
    this.isOpen = false;
    this.changed(false);
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), this.wait * (0.7 + 0.6 * Math.random()));
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  net() {
    clearTimeout(this.netTimer);
    if (this.isEnded) return;
    this.netTimer = setTimeout(
      async () => {
        await this.look();
        this.net();
      },
      this.isOpen ? NET_MS : NET_WITHOUT_WIRE_MS,
    );
  }

  say(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** The network is back: do not wait for the next attempt. */
  hurry() {
    if (this.isOpen || this.isEnded) return;
    clearTimeout(this.again);
    this.wait = FIRST_WAIT_MS;
    if (this.socket?.readyState !== WebSocket.CONNECTING) this.open();
  }

  end() {
    this.isEnded = true;
    clearTimeout(this.again);
    clearTimeout(this.netTimer);
    this.socket?.close();
  }
}

/** The address of a plan's socket, from the address of the plan. */
export function socketAddress(planUrl, version, clientId) {
  const url = new URL(`${planUrl}text/socket`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.search = new URLSearchParams({since: version, client: clientId});
  return url.href;
}
