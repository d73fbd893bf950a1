/* service_manager.h - tells systemd how the server is (sd_notify(3)), without its library: one
 * datagram to the socket that $NOTIFY_SOCKET names. */
#ifndef WEB_SERVICE_MANAGER_H
#define WEB_SERVICE_MANAGER_H

/* "READY=1", "WATCHDOG=1", "STOPPING=1"; nothing happens when nobody asked to be told. */
void service_manager_say(const char *state);

#endif
