#pragma once

#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerlite::format {

/// Prints one number or string under a verb's flags. A method returns false if the verb is not for its kind.
class ScalarPrinter {
 public:
  struct Flags {
    std::optional<int> width, precision;
    bool plus = false, minus = false, sharp = false, space = false, zero = false;
    bool plus_v = false, sharp_v = false;  ///< %+v and %#v
  };

  explicit ScalarPrinter(std::string& out) : out_(out) {}

  void clear() { flags = {}; }
  void padded(std::string_view text);
  bool integer(std::uint64_t value, bool is_signed, char32_t verb);
  bool floating(double value, char32_t verb);
  bool complex(std::complex<double> value, char32_t verb);
  bool string(std::string_view text, char32_t verb);
  void address(std::uintptr_t value, bool leading_0x);

  Flags flags;

 private:
  void padding(std::size_t count);
  void digits(std::uint64_t value, unsigned base, bool is_signed, char32_t verb, bool upper);
  void real(double value, char verb, int precision);
  void quoted(std::string_view text);
  void quoted_rune(std::uint64_t value);
  void unicode(std::uint64_t value);
  void hex(std::string_view text, bool upper);
  std::string_view truncated(std::string_view text) const;

  std::string& out_;
};

}  // namespace dockerlite::format
