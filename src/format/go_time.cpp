#include "format/go_time.hpp"

#include <array>
#include <charconv>
#include <ctime>
#include <utility>

#include "dockerlite/util/duration.hpp"

namespace dockerlite::format {
namespace {

constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kDays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::int64_t kSecondsPerDay = 86400;

/// A date of the proleptic Gregorian calendar.
struct Civil {
  std::int64_t year;
  int month, day, hour, minute, second, weekday, year_day;
};

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Civil civil_of(const GoTime& time) {
  const std::int64_t local = time.seconds + time.offset;
  std::int64_t days = local / kSecondsPerDay;
  std::int64_t rest = local % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  Civil civil{};
  civil.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  civil.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
  civil.hour = static_cast<int>(rest / 3600);
  civil.minute = static_cast<int>(rest / 60 % 60);
  civil.second = static_cast<int>(rest % 60);
  civil.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
  civil.year_day = static_cast<int>(days - days_from_civil(civil.year, 1, 1)) + 1;
  return civil;
}

std::optional<int> number(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int value = 0;
  const auto result = std::from_chars(text.data() + at, text.data() + at + length, value);
  if (result.ec != std::errc() || result.ptr != text.data() + at + length || value < 0) return std::nullopt;
  return value;
}

std::string padded(std::int64_t value, std::size_t width, char fill) {
  std::string text = std::to_string(value < 0 ? -value : value);
  if (text.size() < width) text.insert(0, width - text.size(), fill);
  return value < 0 ? "-" + text : text;
}

std::string offset_text(int offset, bool colon, bool z) {
  if (offset == 0 && z) return "Z";
  const int minutes = (offset < 0 ? -offset : offset) / 60;
  return (offset < 0 ? "-" : "+") + padded(minutes / 60, 2, '0') + (colon ? ":" : "") + padded(minutes % 60, 2, '0');
}

/// ".000" keeps its digits, ".999" drops zeros at the end.
std::string fraction(int nanoseconds, std::string_view pattern) {
  std::string digits = padded(nanoseconds, 9, '0').substr(0, pattern.size() - 1);
  if (pattern[1] == '9') {
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    if (digits.empty()) return {};
  }
  return pattern[0] + digits;
}

/// The element that a layout begins with, longest first, and what it prints.
std::pair<std::size_t, std::string> element(std::string_view layout, const GoTime& time, const Civil& c) {
  const auto is = [&](std::string_view name) { return layout.starts_with(name); };
  const std::string_view month = kMonths[c.month - 1];
  const std::string_view day = kDays[c.weekday];
  const int hour12 = c.hour % 12 == 0 ? 12 : c.hour % 12;
  switch (layout[0]) {
    case 'J':
      if (is("January")) return {7, std::string(month)};
      if (is("Jan")) return {3, std::string(month.substr(0, 3))};
      break;
    case 'M':
      if (is("Monday")) return {6, std::string(day)};
      if (is("Mon")) return {3, std::string(day.substr(0, 3))};
      if (is("MST")) return {3, time.zone};
      break;
    case '0':
      if (is("002")) return {3, padded(c.year_day, 3, '0')};
      if (is("01")) return {2, padded(c.month, 2, '0')};
      if (is("02")) return {2, padded(c.day, 2, '0')};
      if (is("03")) return {2, padded(hour12, 2, '0')};
      if (is("04")) return {2, padded(c.minute, 2, '0')};
      if (is("05")) return {2, padded(c.second, 2, '0')};
      if (is("06")) return {2, padded(c.year % 100, 2, '0')};
      break;
    case '1':
      if (is("15")) return {2, padded(c.hour, 2, '0')};
      return {1, std::to_string(c.month)};
    case '2':
      if (is("2006")) return {4, padded(c.year, 4, '0')};
      return {1, std::to_string(c.day)};
    case '3':
      return {1, std::to_string(hour12)};
    case '4':
      return {1, std::to_string(c.minute)};
    case '5':
      return {1, std::to_string(c.second)};
    case '_':
      if (is("_2") && !is("_2006")) return {2, padded(c.day, 2, ' ')};
      break;
    case 'P':
      if (is("PM")) return {2, c.hour >= 12 ? "PM" : "AM"};
      break;
    case 'p':
      if (is("pm")) return {2, c.hour >= 12 ? "pm" : "am"};
      break;
    case 'Z':
      if (is("Z07:00")) return {6, offset_text(time.offset, true, true)};
      if (is("Z0700")) return {5, offset_text(time.offset, false, true)};
      break;
    case '-':
      if (is("-07:00")) return {6, offset_text(time.offset, true, false)};
      if (is("-0700")) return {5, offset_text(time.offset, false, false)};
      if (is("-07")) return {3, offset_text(time.offset, false, false).substr(0, 3)};
      break;
    case '.':
    case ',': {
      const std::size_t end = std::min(layout.find_first_not_of(layout.size() > 1 ? layout[1] : ' ', 1), layout.size());
      const bool digits_follow = end < layout.size() && layout[end] >= '0' && layout[end] <= '9';
      if (end > 1 && end <= 10 && (layout[1] == '0' || layout[1] == '9') && !digits_follow)
        return {end, fraction(time.nanoseconds, layout.substr(0, end))};
      break;
    }
    default:
      break;
  }
  return {1, std::string(1, layout[0])};
}

const GoTime& time_of(const Value& value) { return *static_cast<const GoTime*>(value.object()); }

std::string time_text(const Value& value) {
  return format_time(time_of(value), "2006-01-02 15:04:05.999999999 -0700 MST");
}

std::string time_json(const Value& value) {
  return '"' + format_time(time_of(value), "2006-01-02T15:04:05.999999999Z07:00") + '"';
}

Value zero_time() { return Value::object(std::make_shared<const GoTime>(), kTimeType); }

std::string month_text(const Value& value) { return std::string(kMonths[value.as_int() - 1]); }
constexpr Type kMonthType{.kind = Kind::integer, .name = "time.Month", .to_string = month_text};

using Arguments = std::span<const Value>;

Result<Value> time_format(const Method& /*m*/, const Value& time, Arguments arguments) {
  return Value::string(format_time(time_of(time), arguments[0].as_string()));
}
Result<Value> time_string(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::string(time_text(time));
}
Result<Value> time_unix(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::integer(time_of(time).seconds, types::int64);
}
Result<Value> time_unix_nano(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  const auto nanoseconds = static_cast<std::uint64_t>(time_of(time).seconds) * 1000000000U;
  return Value::integer(static_cast<std::int64_t>(nanoseconds + static_cast<std::uint64_t>(time_of(time).nanoseconds)),
                        types::int64);
}
Result<Value> time_is_zero(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::boolean(time_of(time).seconds == GoTime().seconds && time_of(time).nanoseconds == 0);
}
Result<Value> time_year(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::integer(civil_of(time_of(time)).year);
}
Result<Value> time_month(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::integer(civil_of(time_of(time)).month, kMonthType);
}
Result<Value> time_day(const Method& /*m*/, const Value& time, Arguments /*a*/) {
  return Value::integer(civil_of(time_of(time)).day);
}

constexpr const Type* kString[] = {&types::string};
constexpr std::array kTimeMethods{
    Method{"Day", time_day},
    Method{"Format", time_format, kString},
    Method{"IsZero", time_is_zero},
    Method{"Month", time_month},
    Method{"String", time_string},
    Method{"Unix", time_unix},
    Method{"UnixNano", time_unix_nano},
    Method{"Year", time_year},
};

std::string duration_text(const Value& value) { return util::format_duration(value.as_int()); }
Result<Value> duration_string(const Method& /*m*/, const Value& value, Arguments /*a*/) {
  return Value::string(duration_text(value));
}
Result<Value> duration_seconds(const Method& /*m*/, const Value& value, Arguments /*a*/) {
  return Value::floating(static_cast<double>(value.as_int()) / 1e9);
}
Result<Value> duration_milliseconds(const Method& /*m*/, const Value& value, Arguments /*a*/) {
  return Value::integer(value.as_int() / 1000000, types::int64);
}
constexpr std::array kDurationMethods{
    Method{"Milliseconds", duration_milliseconds},
    Method{"Seconds", duration_seconds},
    Method{"String", duration_string},
};

}  // namespace

constinit const Type kTimeType{.kind = Kind::structure,
                               .name = "time.Time",
                               .methods = kTimeMethods,
                               .to_string = time_text,
                               .to_json = time_json,
                               .zero = zero_time};
constinit const Type kDurationType{
    .kind = Kind::integer, .name = "time.Duration", .methods = kDurationMethods, .to_string = duration_text};

std::optional<GoTime> parse_rfc3339(std::string_view text) {
  const auto year = number(text, 0, 4);
  const auto month = number(text, 5, 2);
  const auto day = number(text, 8, 2);
  const auto hour = number(text, 11, 2);
  const auto minute = number(text, 14, 2);
  const auto second = number(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second || *month < 1 || *month > 12 || *day < 1 || *day > 31 ||
      *hour > 23 || *minute > 59 || *second > 59 || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
      text[13] != ':' || text[16] != ':')
    return std::nullopt;
  GoTime time;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    int scale = 100000000;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      time.nanoseconds += (text[at] - '0') * scale;
  }
  const std::int64_t days = days_from_civil(*year, *month, *day);
  time.seconds = days * kSecondsPerDay + *hour * 3600 + *minute * 60 + *second;
  if (text.substr(at) == "Z") return time;
  const auto offset_hours = number(text, at + 1, 2);
  const auto offset_minutes = number(text, at + 4, 2);
  if (at + 6 != text.size() || !offset_hours || !offset_minutes || text[at + 3] != ':' ||
      (text[at] != '+' && text[at] != '-'))
    return std::nullopt;
  time.offset = (*offset_hours * 60 + *offset_minutes) * 60 * (text[at] == '-' ? -1 : 1);
  time.seconds -= time.offset;
  // Go takes the local zone's name where the local offset is the same, else the offset is the name.
  const auto moment = static_cast<std::time_t>(time.seconds);
  std::tm local{};
  if (localtime_r(&moment, &local) != nullptr && local.tm_gmtoff == time.offset)
    time.zone = local.tm_zone;
  else
    time.zone = offset_text(time.offset, false, false);
  return time;
}

std::string format_time(const GoTime& time, std::string_view layout) {
  const Civil civil = civil_of(time);
  std::string out;
  while (!layout.empty()) {
    auto [length, text] = element(layout, time, civil);
    out += text;
    layout.remove_prefix(length);
  }
  return out;
}

std::optional<Value> time_value(std::string_view text) {
  auto time = text.empty() ? std::optional<GoTime>(GoTime()) : parse_rfc3339(text);
  if (!time) return std::nullopt;
  return Value::object(std::make_shared<const GoTime>(*std::move(time)), kTimeType);
}

}  // namespace dockerlite::format
