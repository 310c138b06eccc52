/* What the order of addition does to a sum of floats, and what exactness costs. cc -O2 sums.c -o sums -lm && ./sums */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 9, NUMBERS = 1 << 22 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static float in_order(const float *x, long n) {
  float s = 0;
  for (long i = 0; i < n; i++) s += x[i];
  return s;
}

/* As k threads do it: a partial sum for each piece, added in the order of the pieces. */
static float pieces(const float *x, int k) {
  float s = 0;
  for (int i = 0; i < k; i++) s += in_order(x + (long)NUMBERS / k * i, NUMBERS / k);
  return s;
}

static float pairwise(const float *x, long n) { return n <= 128 ? in_order(x, n) : pairwise(x, n / 2) + pairwise(x + n / 2, n - n / 2); }

static float kahan(const float *x) {
  float s = 0, c = 0;
  for (long i = 0; i < NUMBERS; i++) {
    float y = x[i] - c, t = s + y;
    c = (t - s) - y;
    s = t;
  }
  return s;
}

static float doubles(const float *x) {
  double s = 0;
  for (long i = 0; i < NUMBERS; i++) s += x[i];
  return (float)s;
}

/* Numbers below one are multiples of 2^-24 here, so integers hold them exactly and any order gives the same. */
static float fixed(const float *x) {
  long s = 0;
  for (long i = 0; i < NUMBERS; i++) s += (long)(x[i] * 16777216.0f);
  return (float)(s / 16777216.0);
}

static void row(const char *name, const float *x, int way, int k) {
  float s = 0;
  double best = 1e9, exact = 0;
  for (long i = 0; i < NUMBERS; i++) exact += x[i];
  for (int r = 0; r < ROUNDS; r++) {
    double start = now();
    s = way == 0 ? pieces(x, k) : way == 1 ? pairwise(x, NUMBERS) : way == 2 ? kahan(x) : way == 3 ? doubles(x) : fixed(x);
    if (now() - start < best) best = now() - start;
  }
  printf("%-10s sum %.2f  exact %.4f  relative error %.2e  %.2f ns a number\n", name, s, exact, fabs((s - exact) / exact), best / NUMBERS * 1e9);
}

int main(void) {
  float *x = malloc(sizeof(float) * NUMBERS);
  unsigned long seed = 1;
  for (long i = 0; i < NUMBERS; i++) {
    seed = seed * 6364136223846793005UL + 1442695040888963407UL;
    x[i] = (float)(seed >> 40) / 16777216.0f;
  }
  row("in order", x, 0, 1), row("8 pieces", x, 0, 8), row("64 pieces", x, 0, 64), row("pairwise", x, 1, 0), row("Kahan", x, 2, 0), row("double", x, 3, 0), row("fixed", x, 4, 0);
}
