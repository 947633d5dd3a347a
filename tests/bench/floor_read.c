/* Reads one answer to its end, or until the engine closes, and throws it away: the floor for streams.
   floor_read SOCKET METHOD TARGET [HEADER...] */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char buffer[1 << 18];

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (argc < 4 || strlen(argv[1]) >= sizeof address.sun_path) return 2;
  strcpy(address.sun_path, argv[1]);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  int size = snprintf(buffer, sizeof buffer, "%s %s HTTP/1.0\r\nHost: x\r\n", argv[2], argv[3]);
  for (int i = 4; i < argc; ++i)
    size += snprintf(buffer + size, sizeof buffer - (size_t)size, "%s\r\n", argv[i]);
  size += snprintf(buffer + size, sizeof buffer - (size_t)size, "\r\n");
  if (write(fd, buffer, (size_t)size) != size) return 1;
  while (read(fd, buffer, sizeof buffer) > 0) {
  }
  return 0;
}
