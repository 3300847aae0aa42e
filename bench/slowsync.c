/* A disk whose flush takes SLOWSYNC_US microseconds longer; the real flush is still done. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void nap(void)
{
    const char *text = getenv("SLOWSYNC_US");
    int us = text ? atoi(text) : 0;
    if (us > 0) usleep(us);
}

static int flush(const char *name, int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    int result = real(fd);
    nap();
    return result;
}

int fsync(int fd) { return flush("fsync", fd); }
int fdatasync(int fd) { return flush("fdatasync", fd); }
