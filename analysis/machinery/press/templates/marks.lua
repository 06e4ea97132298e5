-- Marks beside the numbers of a table: one that all numbers of a column or of a row carry stands once, at its head.

local function each_number(cell, visit)
  cell.contents = cell.contents:walk {Span = function(span)
    if not span.classes:includes 'number' or span.classes:includes 'end' then return nil end
    visit(span)
    return span
  end}
end

local function body_rows(element)
  local rows = pandoc.List {}
  for _, body in ipairs(element.bodies) do rows:extend(body.body) end
  return rows
end

local function column(rows, place)
  local cells = {}
  for _, row in ipairs(rows) do table.insert(cells, row.cells[place]) end
  return cells
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

return {beside_columns = beside_columns}
