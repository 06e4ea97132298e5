-- What the columns of a table hold, and how wide they are to be on paper.

local stringify = pandoc.utils.stringify

-- A column whose cells are all numbers is one of numbers, its head included.
local function numeric_columns(element)
  local numeric = {}
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do
      for place, cell in ipairs(row.cells) do
        numeric[place] = numeric[place] ~= false and cell.classes:includes 'number'
      end
    end
  end
  return numeric
end

-- Widths of the columns of a table on paper, in ems of its text. Letters and digits are taken as half an em.
local LETTER, GAP, NOTE = 0.53, 0.95, 2.2
-- What can hold a table: the column of text, the margin as well, the same with smaller text, and still smaller.
local ROOMS = {{48, 'false, 0'}, {54.6, 'true, 0'}, {61, 'true, 1'}, {68, 'true, 2'}}
local COMFORTABLE = 13 -- a column of text may be broken to this width without need

local function longest(text, pattern)
  local length = 0
  for part in text:gmatch(pattern) do length = math.max(length, utf8.len(part) or #part) end
  return length * LETTER
end

-- What a cell says, what `forms.lua` has put on a line of its own below, smaller, and whether marks or positions
-- stand beside its numbers, as `forms.lua` has written them.
local SMALLER = 0.82
local function lines(cell)
  local above, below, noted = pandoc.List {}, pandoc.List {}, false
  for _, block in ipairs(cell.contents) do
    for _, inline in ipairs(block.content or {}) do
      local raw = inline.tag == 'RawInline' and inline.text or ''
      noted = noted or raw:match '^#cell%-number%(' ~= nil
      if raw == '#ends[' or #below > 0 then below:insert(inline) else above:insert(inline) end
    end
  end
  return stringify(above), #below > 0 and stringify(below) or '', noted
end

-- The width of each column that breaks no word, and the one that breaks no line; heads may take two lines. With them,
-- how many letters stand in each cell of the body, row by row.
local function needs(element, numeric)
  local least, wanted, letters = {}, {}, {}
  local function meet(row, is_head)
    local counts = {}
    for place, cell in ipairs(row.cells) do
      local text, below, noted = lines(cell)
      local word, line = longest(text, '[^%s/-]+'), longest(text, '.+')
      if is_head then line = math.max(longest(text, '%S+'), line / 2) end
      local is_words = text:match '%a%a%a.*%s' ~= nil -- such as why there is no number, which may be broken
      if numeric[place] and not is_head and not is_words then
        line = math.max(line + (noted and NOTE or 0), longest(below, '.+') * SMALLER)
        word = line
      end
      least[place] = math.max(least[place] or 0, word)
      wanted[place] = math.max(wanted[place] or 0, line)
      counts[place] = utf8.len(text) + utf8.len(below)
    end
    return counts
  end
  for _, row in ipairs(element.head.rows) do meet(row, true) end
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do table.insert(letters, meet(row, false)) end
  end
  return pandoc.List(least), pandoc.List(wanted), letters
end

local function widths_below(cap, least, wanted)
  return wanted:map(function(width, place) return math.max(least[place], math.min(width, cap)) end)
end

local function sum(widths)
  local total = 0
  for _, width in ipairs(widths) do total = total + width + GAP end
  return total
end

-- The widest that fill a room, of widths that grow with one amount.
local function filling(room, widths_of)
  local low, high = 0, room
  for _ = 1, 24 do
    local middle = (low + high) / 2
    if sum(widths_of(middle)) > room then high = middle else low = middle end
  end
  return widths_of(low)
end

-- How many lines the rows take, the highest cell of each.
local MEAN, RAGGED = 0.45, 1.5 -- em of a letter or digit, over many, and of what a word leaves at the end of a line
local function height(letters, widths)
  local total = 0
  for _, counts in ipairs(letters) do
    local most = 1
    for place, count in ipairs(counts) do
      most = math.max(most, math.ceil(count * MEAN / (widths[place] - RAGGED)))
    end
    total = total + most
  end
  return total
end

-- No column is wider than it wants, and the widest ones are cut: to the same width, or in part to what they want of
-- the room, whichever takes the fewest lines.
local KEPT = {1, 0.85, 0.7, 0.55} -- of the same width, by the column that wants least of those that are cut
local function widths_in(room, letters, least, wanted)
  local even = filling(room, function(cap) return widths_below(cap, least, wanted) end)
  local best, fewest
  for _, share in ipairs(KEPT) do
    local kept = even:map(function(width, place)
      return width < wanted[place] and math.max(least[place], width * share) or width
    end)
    local widths = filling(room, function(part)
      return kept:map(function(width, place) return math.max(width, wanted[place] * math.min(part, 1)) end)
    end)
    local lines_taken = height(letters, widths)
    if not fewest or lines_taken < fewest then best, fewest = widths, lines_taken end
  end
  return best
end

local function column_widths(element, numeric)
  local least, wanted, letters = needs(element, numeric)
  local place = 1
  while place < #ROOMS and sum(widths_below(COMFORTABLE, least, wanted)) > ROOMS[place][1] do place = place + 1 end
  local widths = widths_in(ROOMS[place][1], letters, least, wanted)
  local widest = 1 -- the column that wants most takes what the others leave
  for column, width in ipairs(wanted) do
    if not numeric[column] and (numeric[widest] or width > wanted[widest]) then widest = column end
  end
  local said = widths:map(function(width, column)
    return column == widest and '1fr' or string.format('%.2fem', width + GAP)
  end)
  return '(' .. table.concat(said, ', ') .. ',)', ROOMS[place][2]
end

return {numeric = numeric_columns, widths = column_widths}
