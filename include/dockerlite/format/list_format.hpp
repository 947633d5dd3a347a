#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dockerlite/format/template.hpp"
#include "dockerlite/format/value.hpp"
#include "dockerlite/util/result.hpp"

namespace dockerlite::format {

/// One field of a list's rows: `{{.ID}}` in templates, "ID" in JSON. It is computed only where a format asks for it.
struct Column {
  std::string_view name;
  std::string_view header;  ///< "CONTAINER ID"; empty: the field has none (prints `<no value>` in a header line)
  Value (*value)(const void* row);
};

namespace detail {
template <class F>
struct ColumnFunction;
template <class R, class Row>
struct ColumnFunction<R (*)(const Row&)> {
  using RowType = Row;
};
inline Value column_value(Value value) { return value; }
inline Value column_value(std::string value) { return Value::string(std::move(value)); }
inline Value column_value(bool value) { return Value::boolean(value); }
inline Value column_value(std::int64_t value) { return Value::integer(value, types::int64); }
inline Value column_value(int value) { return Value::integer(value); }
/// The row's type is a parameter of its own so that it gives the function its linkage: g++ does not look into
/// `Function`.
template <class Row, auto Function>
Value cell(const void* row) {
  return column_value(Function(*static_cast<const Row*>(row)));
}
}  // namespace detail

/// A column from a function of the row: `column<container_id>("ID", "CONTAINER ID")` with `std::string
/// container_id(const Row&)`. The function may return a string, bool, int, int64 or Value.
template <auto Function>
constexpr Column column(std::string_view name, std::string_view header) {
  using Row = typename detail::ColumnFunction<decltype(Function)>::RowType;
  return {name, header, detail::cell<Row, Function>};
}

/// What a list's rows look like: one constant per list command.
struct ListType {
  std::string_view row_type;  ///< Go's name of the row, which errors show: "*formatter.ContainerContext"
  std::span<const Column> columns;
  /// `{{.Label "key"}}`; null: rows have no such method.
  std::string (*label)(const void* row, std::string_view key) = nullptr;
};

/// Docker's list formatting: `table TEMPLATE` (cells aligned, header line first), `json` (a JSON object per row) or a
/// template, a newline after each row. `\t` and `\n` written out in the format are a tab and a newline. Which format
/// stands for "", "table" and "raw" is the caller's to say; a bare "table" here is an empty template.
class ListFormat {
 public:
  /// Errors: `template parsing error: template: :1: ...`. `type` must outlive the format.
  static Result<ListFormat> parse(std::string_view format, const ListType& type);

  /// Appends the rows. Nothing is appended if one of them fails: `template parsing error: template: :1:2: executing
  /// ...`.
  template <class Row>
  Result<void> write(const std::vector<Row>& rows, std::string& out) const {
    return write(rows.data(), sizeof(Row), rows.size(), out);
  }
  Result<void> write(const void* rows, std::size_t row_size, std::size_t count, std::string& out) const;

 private:
  ListFormat(Template tmpl, const ListType& type, bool table)
      : template_(std::move(tmpl)), type_(&type), table_(table) {}
  Template template_;
  const ListType* type_;
  bool table_;
};

/// A row as a template value: an object with the type's columns as its methods. Both must outlive the value.
class RowMethods {
 public:
  explicit RowMethods(const ListType& type);
  RowMethods(const RowMethods&) = delete;
  RowMethods& operator=(const RowMethods&) = delete;
  Value row(const void* row) const { return Value::object(row, type_); }
  Value header() const;  ///< the map of names to headers, with a method Label

 private:
  const ListType& list_;
  std::vector<Method> methods_;
  Type type_;
};

/// Aligns tab-separated cells as docker's tables do: columns at least 10 wide, 3 blanks between them; a column ends
/// with the run of consecutive lines that have it. Width is counted in terminal columns.
void append_aligned(std::string& out, std::string_view text, std::size_t minimum_width = 10, std::size_t padding = 3);

}  // namespace dockerlite::format
