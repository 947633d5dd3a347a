/* Runs commands in turn, ROUNDS times each, so that whatever else the machine does falls on all of them alike, and prints a line
   for each: median wall time and median CPU time in microseconds, largest memory in kB, and how often it failed.
   measure ROUNDS COMMAND [ARGUMENT...] [--- COMMAND [ARGUMENT...]]... */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { MAX_COMMANDS = 8 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double of(struct timeval t) { return (double)t.tv_sec * 1e6 + (double)t.tv_usec; }

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return values[count / 2];
}

int main(int argc, char **argv) {
  int rounds = argc > 2 ? atoi(argv[1]) : 0;
  if (rounds <= 0) return 2;
  char **commands[MAX_COMMANDS] = {argv + 2};
  int count = 1;
  for (int i = 2; i < argc; ++i) {
    if (strcmp(argv[i], "---") != 0) continue;
    argv[i] = NULL;
    if (count == MAX_COMMANDS) return 2;
    commands[count++] = argv + i + 1;
  }
  double *wall[MAX_COMMANDS], *cpu[MAX_COMMANDS];
  long memory[MAX_COMMANDS] = {0};
  int failures[MAX_COMMANDS] = {0};
  for (int i = 0; i < count; ++i) {
    wall[i] = calloc((size_t)rounds, sizeof(double));
    cpu[i] = calloc((size_t)rounds, sizeof(double));
    if (wall[i] == NULL || cpu[i] == NULL) return 1;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  for (int round = -1; round < rounds; ++round) { /* the first one warms up */
    for (int i = 0; i < count; ++i) {
      pid_t child;
      struct rusage usage;
      int status;
      double start = now();
      if (posix_spawnp(&child, commands[i][0], &actions, NULL, commands[i], environ) != 0) return 1;
      wait4(child, &status, 0, &usage);
      double end = now();
      if (round < 0) continue;
      wall[i][round] = end - start;
      cpu[i][round] = of(usage.ru_utime) + of(usage.ru_stime);
      if (usage.ru_maxrss > memory[i]) memory[i] = usage.ru_maxrss;
      if (status != 0) ++failures[i];
    }
  }
  for (int i = 0; i < count; ++i)
    printf("%.0f %.0f %ld %d\n", median(wall[i], rounds), median(cpu[i], rounds), memory[i], failures[i]);
  return 0;
}
