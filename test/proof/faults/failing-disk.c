// Makes reads, writes and syncs of one SQLite database fail with EIO, as a broken disk does, while a file of that name
// ("read", "write", "sync") lies in the folder that FAILING_DISK names. Loaded into a process with LD_PRELOAD.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int fd, const char *what) {
  const char *folder = getenv("FAILING_DISK");
  char name[4096], link[64];
  if (folder == NULL) return 0;
  snprintf(name, sizeof name, "%s/%s", folder, what);
  if (access(name, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = '\0';
  if (strstr(name, "fieldgate.sqlite") == NULL) return 0;
  errno = EIO;
  return 1;
}

#define FAILING(result, name, parameters, arguments, what)                     \
  result name parameters {                                                     \
    static result(*real) parameters;                                           \
    if (real == NULL) real = (result(*) parameters)dlsym(RTLD_NEXT, #name);    \
    return fails(fd, what) ? -1 : real arguments;                              \
  }

FAILING(ssize_t, pread, (int fd, void *to, size_t size, off_t at), (fd, to, size, at), "read")
FAILING(ssize_t, pread64, (int fd, void *to, size_t size, off64_t at), (fd, to, size, at), "read")
FAILING(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), "write")
FAILING(ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at), "write")
FAILING(int, fsync, (int fd), (fd), "sync")
FAILING(int, fdatasync, (int fd), (fd), "sync")
