/* What an allocator keeps after a burst: 8 threads allocate objects of 64 to 1,023 bytes, then free 95 in 100 of them at random.
   cc -O2 -pthread [-DFREED=100] arenas.c -o arenas && ./arenas 3; other allocators by LD_PRELOAD; the seed is fixed by thread. */
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifndef FREED
#define FREED 95   /* in 100 */
#endif
enum { THREADS = 8, OBJECTS = 100000, ROUNDS = 4 };
static char **kept[THREADS];
static long live[THREADS], peak[THREADS];
static pthread_barrier_t gate;
static uint64_t next(uint64_t *s) { *s ^= *s << 13; *s ^= *s >> 7; *s ^= *s << 17; return *s; }
static long rss(void) {
  long pages = 0, x = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (f) { if (fscanf(f, "%ld %ld", &x, &pages) != 2) pages = 0; fclose(f); }
  return pages * sysconf(_SC_PAGESIZE);
}
static void *work(void *arg) {
  long t = (long)arg;
  uint64_t s = 88172645463325252ull + t;
  char **p = kept[t];
  int *size = calloc(OBJECTS, sizeof *size);
  for (int r = 0; r < ROUNDS; r++) {
    for (int i = 0; i < OBJECTS; i++)
      if (!p[i]) { size[i] = 64 + next(&s) % 960; p[i] = malloc(size[i]); memset(p[i], 1, size[i]); live[t] += size[i]; }
    if (live[t] > peak[t]) peak[t] = live[t];
    if (r == ROUNDS - 1) { pthread_barrier_wait(&gate); pthread_barrier_wait(&gate); }
    for (int i = 0; i < OBJECTS; i++)
      if (next(&s) % 100 < FREED) { free(p[i]); p[i] = 0; live[t] -= size[i]; }
  }
  pthread_barrier_wait(&gate); pthread_barrier_wait(&gate);
  for (int i = 0; i < 2000000; i++) { void *q = malloc(64 + next(&s) % 960); *(char *)q = 1; free(q); }   /* light traffic */
  return 0;
}
static double cpu(void) { return (double)clock() / CLOCKS_PER_SEC; }
static long sum(long *a) { long n = 0; for (int i = 0; i < THREADS; i++) n += a[i]; return n; }
int main(int argc, char **argv) {
  pthread_t th[THREADS];
  pthread_barrier_init(&gate, 0, THREADS + 1);
  for (int t = 0; t < THREADS; t++) kept[t] = calloc(OBJECTS, sizeof(char *));
  for (long t = 0; t < THREADS; t++) pthread_create(&th[t], 0, work, (void *)t);
  pthread_barrier_wait(&gate);
  printf("peak   live %6.1f MB  resident %6.1f MB\n", sum(live) / 1e6, rss() / 1e6);
  pthread_barrier_wait(&gate);
  pthread_barrier_wait(&gate);
  printf("burst  live %6.1f MB  resident %6.1f MB  %.2f s\n", sum(live) / 1e6, rss() / 1e6, cpu());
  pthread_barrier_wait(&gate);
  for (int t = 0; t < THREADS; t++) pthread_join(th[t], 0);
  sleep(argc > 1 ? atoi(argv[1]) : 0);
  printf("later  live %6.1f MB  resident %6.1f MB  %.2f s\n", sum(live) / 1e6, rss() / 1e6, cpu());
#ifdef __GLIBC__
  if (!getenv("LD_PRELOAD")) { malloc_trim(0); printf("trim   live %6.1f MB  resident %6.1f MB\n", sum(live) / 1e6, rss() / 1e6); }
#endif
}
