/* Cheaper steps: branches, layout, vector code. cc -O3 -march=native micro.c -o micro; least wall time of repeats, seed fixed. */
#include <immintrin.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#define PLAIN __attribute__((noinline, optimize("no-tree-vectorize")))
#define ALONE __attribute__((noinline))
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static volatile double sink;
#define BEST(repeats, per, what) ({ double b_ = 1e9; for (int r_ = 0; r_ < (repeats); r_++) { double t_ = now(); sink = (what); t_ = now() - t_; if (t_ < b_) b_ = t_; } b_ * 1e9 / (per); })
static unsigned long s = 1; static unsigned rnd(void) { s ^= s << 13; s ^= s >> 7; s ^= s << 17; return s >> 32; }
/* filter */
PLAIN long branchy(const int *x, int *out, long n, int t) { long k = 0; for (long i = 0; i < n; i++) if (x[i] < t) out[k++] = x[i]; return k; }
PLAIN long branchless(const int *x, int *out, long n, int t) { long k = 0; for (long i = 0; i < n; i++) { out[k] = x[i]; k += x[i] < t; } return k; }
static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void filter(void) {
  long n = 1000000; int *x = malloc(n * 4), *y = malloc(n * 4), *out = malloc(n * 4 + 4), pc[] = {0, 1, 5, 10, 25, 50, 75, 90, 99, 100};
  for (long i = 0; i < n; i++) x[i] = y[i] = rnd() % 100;
  qsort(y, n, 4, ascending);
  for (int i = 0; i < 10; i++) printf("filter %d%%: branch %.2f, no branch %.2f, branch on sorted %.2f ns/row\n", pc[i], BEST(30, n, branchy(x, out, n, pc[i])),
    BEST(30, n, branchless(x, out, n, pc[i])), BEST(30, n, branchy(y, out, n, pc[i])));
}
/* layout: 16 ints a record */
typedef struct { int f[16]; } Rec;
ALONE int one_aos(const Rec *a, long n) { int m = 0; for (long i = 0; i < n; i++) m += a[i].f[3]; return m; }
ALONE int one_soa(int *const *c, long n) { const int *x = c[3]; int m = 0; for (long i = 0; i < n; i++) m += x[i]; return m; }
ALONE int rand_aos(const Rec *a, const int *ix, long k) { int m = 0; for (long i = 0; i < k; i++) for (int j = 0; j < 16; j++) m += a[ix[i]].f[j]; return m; }
ALONE int rand_soa(int *const *c, const int *ix, long k) { int m = 0; for (long i = 0; i < k; i++) for (int j = 0; j < 16; j++) m += c[j][ix[i]]; return m; }
static void layout(void) {
  long n = 8000000, k = 1000000; Rec *a = malloc(n * sizeof(Rec)); int *c[16], *ix = malloc(k * 4);
  for (int j = 0; j < 16; j++) c[j] = malloc(n * 4);
  for (long i = 0; i < n; i++) for (int j = 0; j < 16; j++) a[i].f[j] = c[j][i] = rnd() % 1000;
  for (long i = 0; i < k; i++) ix[i] = rnd() % n;
  printf("one field of all: records %.2f, arrays %.2f ns/record\n", BEST(9, n, one_aos(a, n)), BEST(9, n, one_soa(c, n)));
  printf("all fields of random ones: records %.1f, arrays %.1f ns/record\n", BEST(5, k, rand_aos(a, ix, k)), BEST(5, k, rand_soa(c, ix, k)));
}
/* vector code: sum of floats (order matters) and count of a byte */
PLAIN float sum_plain(const float *x, long n) { float t = 0; for (long i = 0; i < n; i++) t += x[i]; return t; }
ALONE float sum_auto(const float *x, long n) { float t = 0; for (long i = 0; i < n; i++) t += x[i]; return t; }
__attribute__((noinline, optimize("fast-math"))) float sum_fast(const float *x, long n) { float t = 0; for (long i = 0; i < n; i++) t += x[i]; return t; }
ALONE float sum_hand(const float *x, long n) {
  __m256 t[4] = {{0}, {0}, {0}, {0}}; long i = 0;
  for (; i + 32 <= n; i += 32) for (int j = 0; j < 4; j++) t[j] = _mm256_add_ps(t[j], _mm256_loadu_ps(x + i + 8 * j));
  float v[8], r = 0; _mm256_storeu_ps(v, _mm256_add_ps(_mm256_add_ps(t[0], t[1]), _mm256_add_ps(t[2], t[3])));
  for (int j = 0; j < 8; j++) r += v[j];
  return r + sum_plain(x + i, n - i);
}
PLAIN long lines_plain(const char *x, long n) { long k = 0; for (long i = 0; i < n; i++) k += x[i] == '\n'; return k; }
ALONE long lines_auto(const char *x, long n) { long k = 0; for (long i = 0; i < n; i++) k += x[i] == '\n'; return k; }
ALONE long lines_hand(const char *x, long n) {
  long k = 0, i = 0; __m256i nl = _mm256_set1_epi8('\n');
  for (; i + 32 <= n; i += 32) k += _mm_popcnt_u32(_mm256_movemask_epi8(_mm256_cmpeq_epi8(nl, _mm256_loadu_si256((const void *)(x + i)))));
  return k + lines_plain(x + i, n - i);
}
static void vectors(void) {
  long sizes[] = {8000, 100000000};
  for (int z = 0; z < 2; z++) {
    long n = sizes[z], rep = z ? 4 : 2000; float *x = malloc(n * 4); char *b = malloc(n);
    for (long i = 0; i < n; i++) { x[i] = rnd() % 7; b[i] = rnd() % 40 ? 'x' : '\n'; }
    printf("sum of %ld floats: plain %.3f, auto %.3f, reordering allowed %.3f, by hand %.3f ns\n", n, BEST(rep, n, sum_plain(x, n)), BEST(rep, n, sum_auto(x, n)), BEST(rep, n, sum_fast(x, n)), BEST(rep, n, sum_hand(x, n)));
    printf("lines in %ld bytes: plain %.3f, auto %.3f, by hand %.3f ns\n", n, BEST(rep, n, lines_plain(b, n)), BEST(rep, n, lines_auto(b, n)), BEST(rep, n, lines_hand(b, n)));
    free(x); free(b);
  }
}
int main(void) { filter(); layout(); vectors(); return 0; }
