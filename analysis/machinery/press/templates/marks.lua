-- Marks beside the numbers of a table: one that all numbers of a column or of a row carry stands once, at its head.

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

local function is_number(inline)
  return inline.tag == 'Span' and inline.classes:includes 'number' and not inline.classes:includes 'end'
end

local function is_noted(cell)
  for _, block in ipairs(cell.contents) do
    for _, inline in ipairs(block.content or {}) do
      if is_number(inline) and #inline.classes > 1 then return true end
    end
  end
  return false
end

-- In print, what stands beside the numbers of a column has a room of its own, so that the digits line up.
local function beside_columns(element, always)
  local rows = body_rows(element)
  for place in ipairs(element.colspecs) do
    local cells, noted = column(rows, place), always
    for _, cell in ipairs(cells) do noted = noted or is_noted(cell) end
    for _, cell in ipairs(noted and cells or {}) do
      if cell.classes:includes 'number' then
        cell.contents = cell.contents:walk {Span = function(span)
          if not is_number(span) then return nil end
          span.classes:insert 'in-column'
          return span
        end}
      end
    end
  end
  return element
end

return {beside_columns = beside_columns}
