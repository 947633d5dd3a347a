#include "completion_values.hpp"

#include <algorithm>
#include <array>

namespace dockerlite::cli {
namespace {

using namespace directive;

void add_words(CompletionPlan& plan, std::string_view words, std::string_view prefix, std::string_view suffix) {
  for (auto rest = util::cut(words, " ");; rest = util::cut(rest.after, " ")) {
    if (!rest.before.empty())
      plan.candidates.push_back({std::string(prefix) + std::string(rest.before) + std::string(suffix), {}});
    if (!rest.found) return;
  }
}

/// Words that are all unfinished ("size=", "ctrl-") want no blank after them.
void plan_words(CompletionPlan& plan, std::string_view words) {
  add_words(plan, words, "", "");
  const bool unfinished = std::all_of(plan.candidates.begin(), plan.candidates.end(), [](const Candidate& candidate) {
    const char last = candidate.text.back();
    return last == '=' || last == ':' || last == '-';
  });
  plan.directive = unfinished ? kNoSpace : kNoFiles;
}

void plan_source(CompletionPlan& plan, Completion source) {
  plan.source = source;
  plan.directive = kNoFiles;
  plan.directive_without_source = kError;
}

/// The last value of an option, or "" if it was not given.
std::string_view value_of(const Normalised& line, std::string_view name) {
  std::string_view value;
  for (const Occurrence& occurrence : line.occurrences)
    if (occurrence.option->name == name) value = occurrence.value;
  return value;
}

/// Whether the typed text is the beginning of `word`, which is then all that is meant.
bool begins(std::string_view word, std::string_view typed) { return !typed.empty() && word.starts_with(typed); }

struct LogDriver {
  std::string_view name, options;
};
constexpr std::array kLogDrivers{
    LogDriver{"awslogs",
              "max-buffer-size mode awslogs-create-group awslogs-credentials-endpoint "
              "awslogs-datetime-format awslogs-group awslogs-multiline-pattern awslogs-region "
              "awslogs-stream tag"},
    LogDriver{"fluentd",
              "max-buffer-size mode env env-regex labels fluentd-address fluentd-async "
              "fluentd-buffer-limit fluentd-request-ack fluentd-retry-wait fluentd-max-retries "
              "fluentd-sub-second-precision fluentd-write-timeout tag"},
    LogDriver{"gcplogs",
              "max-buffer-size mode env env-regex labels gcp-log-cmd gcp-meta-id gcp-meta-name "
              "gcp-meta-zone gcp-project"},
    LogDriver{"gelf",
              "max-buffer-size mode env env-regex labels gelf-address gelf-compression-level "
              "gelf-compression-type gelf-tcp-max-reconnect gelf-tcp-reconnect-delay tag"},
    LogDriver{"journald", "max-buffer-size mode env env-regex labels tag"},
    LogDriver{"json-file", "max-buffer-size mode env env-regex labels compress max-file max-size"},
    LogDriver{"local", "max-buffer-size mode compress max-file max-size"},
    LogDriver{"none", ""},
    LogDriver{"splunk",
              "max-buffer-size mode env env-regex labels splunk-caname splunk-capath splunk-format "
              "splunk-gzip splunk-gzip-level splunk-index splunk-insecureskipverify splunk-source "
              "splunk-sourcetype splunk-token splunk-url splunk-verify-connection tag"},
    LogDriver{"syslog",
              "max-buffer-size mode env env-regex labels syslog-address syslog-facility syslog-format "
              "syslog-tls-ca-cert syslog-tls-cert syslog-tls-key syslog-tls-skip-verify tag"},
};

void plan_log_options(CompletionPlan& plan, const Normalised& line) {
  const std::string_view wanted = value_of(line, "log-driver");
  const auto driver = std::find_if(kLogDrivers.begin(), kLogDrivers.end(),
                                   [&](const LogDriver& known) { return known.name == wanted; });
  if (driver != kLogDrivers.end()) {
    add_words(plan, driver->options, "", "=");
    plan.directive = kNoSpace | kNoFiles;
    return;
  }
  std::vector<Candidate> all;
  for (const LogDriver& each : kLogDrivers) add_words(plan, each.options, "", "=");
  for (Candidate& candidate : plan.candidates)
    if (std::find(all.begin(), all.end(), candidate) == all.end()) all.push_back(std::move(candidate));
  plan.candidates = std::move(all);
  plan.directive = kNoSpace;
}

void plan_namespaces(CompletionPlan& plan, std::string_view choices, std::string_view typed) {
  constexpr std::string_view kContainer = "container:";
  plan.directive = kNoFiles;
  if (typed.starts_with(kContainer)) {
    plan.source = Completion::containers;
    plan.prefix = kContainer;
  } else if (begins(kContainer, typed)) {
    add_words(plan, kContainer, "", "");
    plan.directive = kNoSpace;
  } else {
    add_words(plan, choices, "", "");
  }
}

void plan_security_options(CompletionPlan& plan, std::string_view typed) {
  plan.directive = kNoFiles;
  for (const std::string_view first : {"apparmor=", "label=", "seccomp="}) {
    if (typed == "s" || !begins(first, typed)) continue;   // "s" may be "systempaths", too
    if (typed == first && first != "apparmor=") continue;  // what can follow is known
    add_words(plan, first, "", "");
    plan.directive = kNoSpace;
    return;
  }
  if (typed.starts_with("label=d")) {
    add_words(plan, "label=disable", "", "");
  } else if (typed.starts_with("label=")) {
    add_words(plan, "disable level: role: type: user:", "label=", "");
    plan.directive = kNoSpace | kNoFiles;
  } else if (typed.starts_with("seccomp=")) {
    add_words(plan, "seccomp=unconfined", "", "");
  } else {
    add_words(plan, "apparmor= label= no-new-privileges seccomp= systempaths=unconfined", "", "");
  }
}

}  // namespace

void plan_values(CompletionPlan& plan, Completion source, std::string_view choices, std::string_view typed,
                 const Normalised& line) {
  switch (source) {
    case Completion::unsaid:
    case Completion::files:
      plan.directive = kShellDefault;
      break;
    case Completion::none:
      plan.directive = kNoFiles;
      break;
    case Completion::fixed:
      plan_words(plan, choices);
      break;
    case Completion::removable_containers: {
      const auto force = util::parse_bool(value_of(line, "force"));
      plan_source(plan, force && *force ? Completion::containers : Completion::stopped_containers);
      break;
    }
    case Completion::container_prefixes:
      plan.source = Completion::containers;
      plan.suffix = ":";
      plan.directive = kNoSpace;
      break;
    case Completion::log_drivers:
      plan.source = source;
      for (const LogDriver& driver : kLogDrivers) add_words(plan, driver.name, "", "");
      plan.directive = kNoFiles;
      break;
    case Completion::volume_drivers:
      plan.source = source;
      add_words(plan, "local", "", "");
      plan.directive = kNoFiles;
      break;
    case Completion::log_options:
      plan_log_options(plan, line);
      break;
    case Completion::namespaces:
      plan_namespaces(plan, choices, typed);
      break;
    case Completion::security_options:
      plan_security_options(plan, typed);
      break;
    default:
      plan_source(plan, source);
  }
}

}  // namespace dockerlite::cli
