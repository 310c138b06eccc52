/* The same hash of 64 bytes timed four ways. It has no side effect, so a compiler may drop its calls or make one of many. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#define N 2000000L
static __attribute__((noinline)) uint64_t hash(const uint8_t *p) {
  uint64_t h = 1469598103934665603ULL;
  for (int i = 0; i < 64; i++) h = (h ^ p[i]) * 1099511628211ULL;
  return h;
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }
#define BEST(name, body) do { double best = 1e18; for (int r = 0; r < 7; r++) { double t = now(); body; t = (now() - t) / N; if (t < best) best = t; } \
  printf("%s %.3f ns\n", name, best); } while (0)
volatile uint64_t out;
int main(int argc, char **argv) {
  static uint8_t data[1 << 16]; srand(argc > 1 ? atoi(argv[1]) : 1);
  for (size_t i = 0; i < sizeof data; i++) data[i] = rand();
  BEST("result unused", for (long i = 0; i < N; i++) hash(data + (i & 1023) * 64));
  BEST("same input, result added up", uint64_t s = 0; for (long i = 0; i < N; i++) s += hash(data); out = s);
  BEST("varying input, result added up", uint64_t s = 0; for (long i = 0; i < N; i++) s += hash(data + (i & 1023) * 64); out = s);
  BEST("same input hidden from the compiler", uint64_t s = 0; for (long i = 0; i < N; i++) { const uint8_t *p = data; __asm__ volatile("" : "+r"(p) : : "memory"); s += hash(p); } out = s);
  return 0;
}
