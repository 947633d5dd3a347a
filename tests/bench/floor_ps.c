/* The two requests of `ps -aq` on a raw socket and the twelve digits of each ID, with nothing around them: the floor for
   `ps -aq`. floor_ps SOCKET [VERSION] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char buffer[16 << 20];

/* Sends a request and reads until the answer is whole: to the end of its head, its length, or its last chunk. */
static char *exchange(int fd, const char *method, const char *path) {
  char request[512];
  int size = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: api.moby.localhost\r\n\r\n", method, path);
  if (write(fd, request, (size_t)size) != size) exit(1);
  size_t filled = 0;
  while (filled < sizeof buffer - 1) {
    ssize_t count = read(fd, buffer + filled, sizeof buffer - 1 - filled);
    if (count <= 0) exit(1);
    filled += (size_t)count;
    buffer[filled] = 0;
    char *body = strstr(buffer, "\r\n\r\n");
    if (body == NULL) continue;
    body += 4;
    if (method[0] == 'H') return body;
    char *length = strstr(buffer, "Content-Length: ");
    if (length != NULL && length < body) {
      if ((size_t)(buffer + filled - body) >= strtoul(length + 16, NULL, 10)) return body;
    } else if (memcmp(buffer + filled - 5, "0\r\n\r\n", 5) == 0) {
      return body;
    }
  }
  exit(1);
}

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (argc < 2 || strlen(argv[1]) >= sizeof address.sun_path) return 2;
  strcpy(address.sun_path, argv[1]);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  exchange(fd, "HEAD", "/_ping");
  char path[128];
  snprintf(path, sizeof path, "/v%s/containers/json?all=1", argc > 2 ? argv[2] : "1.41");
  for (const char *at = exchange(fd, "GET", path); (at = strstr(at, "{\"Id\":\"")) != NULL; at += 7)
    printf("%.12s\n", at + 7);
  return 0;
}
