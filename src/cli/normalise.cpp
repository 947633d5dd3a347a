#include "normalise.hpp"

#include <algorithm>

namespace dockerlite::cli {
namespace {

const Option* find_long(std::span<const Option> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Option& o) { return o.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const Option* find_letter(std::span<const Option> table, char letter) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Option& o) { return o.letter == letter; });
  return found == table.end() ? nullptr : &*found;
}

Error unknown(std::string text) { return error(ErrorKind::usage, std::move(text)); }

class Normaliser {
 public:
  Normaliser(std::span<const Option> table, std::span<const std::string> words) : table_(table), words_(words) {}

  Normalised run(bool interspersed) {
    while (next_ < words_.size() && !out_.error) {
      const std::string& word = words_[next_++];
      if (word == "--") {
        take_rest();
      } else if (word.size() > 1 && word[0] == '-') {
        if (word[1] == '-')
          take_long(word);
        else
          take_cluster(word);
      } else {
        out_.positionals.push_back(word);
        if (!interspersed) take_rest();
      }
    }
    return std::move(out_);
  }

 private:
  void take_rest() {
    out_.positionals.insert(out_.positionals.end(), words_.begin() + static_cast<std::ptrdiff_t>(next_), words_.end());
    next_ = words_.size();
  }

  void take_long(const std::string& word) {
    const std::string_view body = std::string_view(word).substr(2);
    const auto [name, value, has_value] = util::cut(body, "=");
    if (name.empty() || name[0] == '-') {
      out_.error = unknown("bad flag syntax: " + word);
      return;
    }
    const Option* option = find_long(table_, name);
    if (option == nullptr && name == "help") {
      const auto wanted = has_value ? util::parse_bool(value) : Result<bool>(true);
      if (wanted)
        out_.help = *wanted;
      else
        out_.error =
            unknown("invalid argument " + util::go_quote(value) + " for \"--help\" flag: " + wanted.error().message);
    } else if (option == nullptr) {
      out_.error = unknown("unknown flag: --" + std::string(name));
    } else if (has_value) {
      add(option, value);
    } else if (option->is_switch()) {
      add(option, "true");
    } else if (next_ < words_.size()) {
      add(option, words_[next_++]);
    } else {
      out_.error = unknown("flag needs an argument: --" + std::string(name));
    }
  }

  void take_cluster(const std::string& word) {
    for (std::string_view letters = std::string_view(word).substr(1); !letters.empty() && !out_.error;) {
      const Option* option = find_letter(table_, letters[0]);
      if (option == nullptr && letters[0] == 'h') {
        out_.help = out_.help_by_letter = true;
        letters.remove_prefix(1);
      } else if (option == nullptr) {
        out_.error =
            unknown("unknown shorthand flag: '" + std::string(1, letters[0]) + "' in -" + std::string(letters));
      } else if (letters.size() > 2 && letters[1] == '=') {
        add(option, letters.substr(2));
        return;
      } else if (option->is_switch()) {
        add(option, "true");
        letters.remove_prefix(1);
      } else if (letters.size() > 1) {
        add(option, letters.substr(1));
        return;
      } else if (next_ < words_.size()) {
        add(option, words_[next_++]);
        return;
      } else {
        out_.error =
            unknown("flag needs an argument: '" + std::string(1, letters[0]) + "' in -" + std::string(letters));
      }
    }
  }

  void add(const Option* option, std::string_view value) { out_.occurrences.push_back({option, std::string(value)}); }

  std::span<const Option> table_;
  std::span<const std::string> words_;
  std::size_t next_ = 0;
  Normalised out_;
};

}  // namespace

Normalised normalise(std::span<const Option> table, std::span<const std::string> words, bool interspersed) {
  return Normaliser(table, words).run(interspersed);
}

}  // namespace dockerlite::cli
