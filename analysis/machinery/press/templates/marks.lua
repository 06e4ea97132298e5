-- Marks beside the numbers of a table: one that all numbers of a column or of a row carry stands once, at its head.

local function each_number(cell, visit)
  cell.contents = cell.contents:walk {Span = function(span)
    if not span.classes:includes 'number' or span.classes:includes 'end' then return nil end
    visit(span)
    return span
  end}
end

-- Which marks all numbers of some cells carry; none where there are fewer than two numbers.
local function carried_by_all(cells, letters)
  local numbers, carriers = 0, {}
  for _, cell in ipairs(cells) do
    each_number(cell, function(span)
      numbers = numbers + 1
      for _, class in ipairs(span.classes) do carriers[class] = (carriers[class] or 0) + 1 end
    end)
  end
  local shared = pandoc.List {}
  for word in pairs(letters) do
    if numbers > 1 and carriers[word] == numbers then shared:insert(word) end
  end
  shared:sort()
  return shared
end

local function move_to_head(cells, head, letters)
  local shared = carried_by_all(cells, letters)
  if #shared == 0 or not head or #head.contents == 0 then return end
  for _, cell in ipairs(cells) do
    each_number(cell, function(span)
      span.classes = span.classes:filter(function(class) return not shared:includes(class) end)
    end)
  end
  local last = head.contents[#head.contents]
  for _, word in ipairs(shared) do
    last.content:insert(pandoc.Span({}, pandoc.Attr('', {'head-mark'}, {{'word', word}, {'letter', letters[word]}})))
  end
  head.contents[#head.contents] = last
end

local function body_rows(element)
  local rows = pandoc.List {}
  for _, body in ipairs(element.bodies) do rows:extend(body.body) end
  return rows
end

local function is_plain(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      if cell.col_span > 1 or cell.row_span > 1 then return false end
    end
  end
  return true
end

local function column(rows, place)
  local cells = {}
  for _, row in ipairs(rows) do table.insert(cells, row.cells[place]) end
  return cells
end

local function at_heads(element, letters)
  local rows, heads = body_rows(element), element.head.rows
  if not is_plain(rows) or not is_plain(heads) then return element end
  if #heads > 0 then
    for place, head in ipairs(heads[#heads].cells) do move_to_head(column(rows, place), head, letters) end
  end
  for _, row in ipairs(rows) do
    move_to_head({table.unpack(row.cells, 2)}, row.cells[1], letters)
  end
  return element
end

-- In print, what stands beside the numbers of a column has a room of its own, so that the digits line up.
local function beside_columns(element, always)
  local rows = body_rows(element)
  for place in ipairs(element.colspecs) do
    local cells, noted = column(rows, place), always
    local function note(span) noted = noted or #span.classes > 1 end
    for _, cell in ipairs(cells) do each_number(cell, note) end
    for _, cell in ipairs(noted and cells or {}) do
      if cell.classes:includes 'number' then
        each_number(cell, function(span) span.classes:insert 'in-column' end)
      end
    end
  end
  return element
end

return {at_heads = at_heads, beside_columns = beside_columns}
