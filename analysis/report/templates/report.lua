-- Makes of the one Markdown document what the writer of HTML or of Typst understands.
--
-- Prose is a stranger's: its attributes and link targets are reduced to the harmless ones. Blocks whose class is
-- the document's token hold what the report itself has made, as HTML; only they may carry numbers and identifiers.

local typst = FORMAT:match 'typst' ~= nil
local stringify = pandoc.utils.stringify

local CALLOUTS = {answer = true, note = true, caution = true, limits = true}
local SCHEMES = {http = true, https = true, mailto = true}
local TOP = 2 -- the level of a section's heading; level 1 is the title of the page

local function raw(text) return pandoc.RawInline(FORMAT, text) end
local function raw_block(text) return pandoc.RawBlock(FORMAT, text) end
local function quoted(text) return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"' end
local function escaped(text) return (text:gsub('&', '&amp;'):gsub('<', '&lt;'):gsub('>', '&gt;'):gsub('"', '&quot;')) end

local function enclosed(open, content, close)
  local result = pandoc.List {open}
  result:extend(content)
  result:insert(close)
  return result
end

-- Prose ---------------------------------------------------------------------------------------------------------

local function without_attributes(element)
  element.attributes = {}
  element.classes = element.classes:filter(function(class) return CALLOUTS[class] end)
  return element
end

local function is_harmless(url)
  local scheme = url:match '^%s*([%w+.-]*):'
  return scheme == nil or SCHEMES[scheme:lower()] == true
end

local function harmless(blocks, token, pictures)
  local function plain(element)
    if element.classes:includes(token) then return nil end
    return without_attributes(element)
  end
  return blocks:walk {
    CodeBlock = plain, Code = plain, Div = plain, Span = plain, Header = plain, Table = plain,
    Link = function(link)
      if not is_harmless(link.target) then return link.content end
      return without_attributes(link)
    end,
    Image = function(image) -- nothing is fetched: a picture from elsewhere becomes a link
      if pictures[image.src] then return without_attributes(image) end
      local content = #image.caption > 0 and image.caption or {pandoc.Str(image.src)}
      return is_harmless(image.src) and pandoc.Link(content, image.src) or content
    end,
  }
end

-- Headings ------------------------------------------------------------------------------------------------------

-- A single heading of level 1 at the head is the title, which the report prints itself.
local function without_title(blocks)
  local titles = 0
  blocks:walk {Header = function(header) if header.level == 1 then titles = titles + 1 end end}
  local shift = TOP - 1
  if titles == 0 or (titles == 1 and blocks[1].tag == 'Header' and blocks[1].level == 1) then
    shift = 0
    if titles == 1 then blocks:remove(1) end
  end
  return blocks:walk {Header = function(header)
    header.level = header.level + shift
    return header
  end}
end

-- Levels follow one another without a gap, identifiers are unique, sections are numbered.
local function in_order(blocks)
  local previous, seen, counts = TOP - 1, {}, {}
  return blocks:walk {Header = function(header)
    header.level = math.max(TOP, math.min(header.level, previous + 1))
    previous = header.level
    local identifier, copies = header.identifier, 0
    while seen[header.identifier] do
      copies = copies + 1
      header.identifier = identifier .. '-' .. copies
    end
    seen[header.identifier] = true
    if typst then
      header.level = header.level - TOP + 1
    elseif not header.classes:includes 'unnumbered' and header.level <= TOP + 1 then
      counts[header.level] = (counts[header.level] or 0) + 1
      counts[header.level + 1] = nil
      local number = tostring(counts[TOP])
      if header.level > TOP then number = number .. '.' .. counts[header.level] end
      header.content:insert(1, pandoc.Span(number, {class = 'section-number'}))
      header.content:insert(2, pandoc.Space())
    end
    return header
  end}
end

-- Mathematics ---------------------------------------------------------------------------------------------------

local function set(math, alt, numbering)
  local text = pandoc.write(pandoc.Pandoc {pandoc.Plain {math}}, FORMAT, {html_math_method = 'mathml', wrap_text = 'none'})
  if not text:match(typst and '^%$' or '<math ') then
    error('refused: the equation "' .. math.text .. '" cannot be read as TeX', 0)
  end
  if typst then
    local block = math.mathtype == 'DisplayMath' and 'true' or 'false'
    return '#math.equation(block: ' .. block .. ', ' .. numbering .. 'alt: ' .. quoted(alt) .. ', ' .. text .. ')'
  end
  return (text:gsub('<math ', function() return '<math alttext="' .. escaped(alt) .. '" ' end, 1))
end

-- Displays ------------------------------------------------------------------------------------------------------

local equations = {}

local function equation(block)
  local attributes = block.attributes
  local identifier = attributes.label and 'equation-' .. attributes.label or ''
  if attributes.label then equations[identifier] = true end
  local text = set(pandoc.Math('DisplayMath', block.text), attributes.alt, 'numbering: "(1)", ')
  if typst then return raw_block(text .. (attributes.label and ' <' .. identifier .. '>' or '')) end
  local number = pandoc.Span('(' .. attributes.number .. ')', {class = 'equation-number'})
  local attr = pandoc.Attr(identifier, {'equation'}, {
    {'role', 'group'}, {'tabindex', '0'}, {'aria-label', 'Equation ' .. attributes.number},
  })
  return pandoc.Div({pandoc.Plain {raw(text), number}}, attr)
end

local function code(block)
  if typst then return {} end
  return raw_block(
    '<details class="code"><summary>Code</summary><pre tabindex="0"><code>' .. escaped(block.text)
      .. '</code></pre></details>'
  )
end

local function displays(blocks, token, pictures)
  return blocks:walk {CodeBlock = function(block)
    if not block.classes:includes(token) then return nil end
    if block.attributes.kind == 'equation' then return equation(block) end
    if block.attributes.kind == 'code' then return code(block) end
    local made = pandoc.read(block.text, 'html+gfm_auto_identifiers').blocks
    if block.attributes.kind == 'output' then made = harmless(made, token, pictures) end
    return made
  end}
end

-- Tables --------------------------------------------------------------------------------------------------------

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

-- The width of each column that breaks no word, and the one that breaks no line; heads may take three lines.
local function needs(element, numeric)
  local least, wanted = {}, {}
  local function meet(row, is_head)
    for place, cell in ipairs(row.cells) do
      local text = stringify(cell.contents)
      local word, line = longest(text, '[^%s/-]+'), longest(text, '.+')
      if is_head then line = math.max(word, line / 3) end
      if numeric[place] and not is_head then
        line = line + NOTE
        word = line
      end
      least[place] = math.max(least[place] or 0, word)
      wanted[place] = math.max(wanted[place] or 0, line)
    end
  end
  for _, row in ipairs(element.head.rows) do meet(row, true) end
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.body) do meet(row, false) end
  end
  return pandoc.List(least), pandoc.List(wanted)
end

local function widths_below(cap, least, wanted)
  return wanted:map(function(width, place) return math.max(least[place], math.min(width, cap)) end)
end

local function sum(widths)
  local total = 0
  for _, width in ipairs(widths) do total = total + width + GAP end
  return total
end

-- The widths that fill a room: no column is wider than it wants, and the widest ones are cut to the same width.
local function filling(room, least, wanted)
  local low, high = 0, room
  for _ = 1, 24 do
    local middle = (low + high) / 2
    if sum(widths_below(middle, least, wanted)) > room then high = middle else low = middle end
  end
  return widths_below(low, least, wanted)
end

local function column_widths(element, numeric)
  local least, wanted = needs(element, numeric)
  local place = 1
  while place < #ROOMS and sum(widths_below(COMFORTABLE, least, wanted)) > ROOMS[place][1] do place = place + 1 end
  local widths = filling(ROOMS[place][1], least, wanted)
  local widest = 1
  for column, width in ipairs(widths) do
    if not numeric[column] and (numeric[widest] or width > widths[widest]) then widest = column end
  end
  local said = widths:map(function(width, column)
    return column == widest and '1fr' or string.format('%.2fem', width + GAP)
  end)
  return '(' .. table.concat(said, ', ') .. ',)', ROOMS[place][2]
end

-- HTML ----------------------------------------------------------------------------------------------------------

local for_html = {
  Math = function(math) return raw(set(math, math.text, '')) end,
  Table = function(element)
    local numeric = numeric_columns(element)
    for _, row in ipairs(element.head.rows) do
      for place, cell in ipairs(row.cells) do
        if numeric[place] and not cell.classes:includes 'number' then cell.classes:insert 'number' end
      end
    end
    return element
  end,
  Div = function(div)
    if div.classes:includes 'part' then return raw_block('<!--part:' .. div.identifier .. '-->') end
  end,
}

-- Typst ---------------------------------------------------------------------------------------------------------

local for_typst = {
  Span = function(span)
    if span.classes:includes 'number' then
      local marks = span.classes:filter(function(class) return class ~= 'number' end)
      local call = '#number(' .. quoted(span.attributes.number) .. ', ' .. quoted(table.concat(marks, ' ')) .. ')['
      return enclosed(raw(call), span.content, raw ']')
    elseif span.classes:includes 'data' then
      return {}
    elseif span.classes:includes 'label' then
      return pandoc.Strong(span.content)
    end
    return span.content
  end,
  Image = function(image)
    return raw('#image(' .. quoted(image.src) .. ', alt: ' .. quoted(stringify(image.caption)) .. ')')
  end,
  Math = function(math) return raw(set(math, math.text, '')) end,
  Table = function(element)
    local numeric = numeric_columns(element)
    element.colspecs = pandoc.List(element.colspecs):map(function(specification, place)
      return {numeric[place] and 'AlignRight' or 'AlignLeft', specification[2]}
    end)
    local text = pandoc.write(pandoc.Pandoc {element}, 'typst', {wrap_text = 'none'})
    local columns, room = column_widths(element, numeric)
    local call = '[#data-table(' .. room .. ', columns: ' .. columns .. ','
    text = text:gsub('%[#table%(%s*columns: [^\n]*', call:gsub('%%', '%%%%'), 1)
    return raw_block((text:gsub('%[#number%(', '[#cell-number(')))
  end,
  Div = function(div)
    if div.classes:includes 'part' then return raw_block('#' .. div.identifier .. '-part()') end
    for _, class in ipairs(div.classes) do
      if CALLOUTS[class] then
        return enclosed(raw_block('#callout(' .. quoted(class) .. ')['), div.content, raw_block ']')
      elseif class == 'table' then
        div.content:insert(1, raw_block('#metadata(none) <' .. div.identifier .. '>'))
        return div.content
      elseif class == 'table-note' then
        if stringify(div.content) == '' then return {} end
        return enclosed(raw_block '#table-note[', div.content, raw_block ']')
      end
    end
    return div.content
  end,
}

-- Links ---------------------------------------------------------------------------------------------------------

local function check_links(blocks, known)
  local function note(element) if element.identifier ~= '' then known[element.identifier] = true end end
  blocks:walk {Header = note, Div = note, Figure = note, Span = note}
  blocks:walk {Link = function(link)
    local target = link.target:match '^#(.*)'
    if target and not known[target] then
      error('refused: the link "' .. stringify(link.content) .. '" leads to #' .. target .. ', and there is no such place', 0)
    end
  end}
end

function Pandoc(document)
  local token, pictures = stringify(document.meta.token), {}
  for name in stringify(document.meta.pictures):gmatch '%S+' do pictures[name] = true end
  local blocks = harmless(document.blocks, token, pictures)
  blocks = in_order(displays(without_title(blocks), token, pictures))
  check_links(blocks, equations)
  blocks = blocks:walk(typst and for_typst or for_html)
  return pandoc.Pandoc(blocks, document.meta)
end
