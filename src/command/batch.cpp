#include "batch.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace dockerlite::command {

void for_each_name(const std::vector<std::string>& names, const std::function<Result<void>(const std::string&)>& action,
                   const std::function<void(const std::string&, Result<void>)>& report) {
  constexpr std::size_t kAtOnce = 50;
  if (names.size() == 1) {
    report(names[0], action(names[0]));
    return;
  }
  std::vector<std::optional<Result<void>>> results(names.size());
  std::mutex mutex;
  std::condition_variable arrived;
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < std::min(kAtOnce, names.size()); ++i) {
    workers.emplace_back([&] {
      for (std::size_t index = next++; index < names.size(); index = next++) {
        auto result = action(names[index]);
        const std::lock_guard lock(mutex);
        results[index] = std::move(result);
        arrived.notify_one();
      }
    });
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::unique_lock lock(mutex);
    arrived.wait(lock, [&] { return results[i].has_value(); });
    auto result = *std::move(results[i]);
    lock.unlock();
    report(names[i], std::move(result));
  }
}

Result<void> join_errors(std::vector<Error> errors) {
  if (errors.empty()) return {};
  Error joined = std::move(errors.front());
  for (std::size_t i = 1; i < errors.size(); ++i) joined.message += "\n" + errors[i].message;
  return joined;
}

Result<void> run_batch(Context& context, const std::vector<std::string>& names,
                       const std::function<Result<void>(const std::string&)>& action) {
  std::vector<Error> errors;
  for_each_name(names, action, [&](const std::string& name, Result<void> result) {
    if (result)
      context.io.out.write(name + "\n");
    else
      errors.push_back(std::move(result).error());
  });
  return join_errors(std::move(errors));
}

}  // namespace dockerlite::command
