-- Makes of the one Markdown document what the writer of HTML or of Typst understands.
--
-- Prose is a stranger's: its attributes and link targets are reduced to the harmless ones. Blocks whose class is
-- the document's token hold what the report itself has made, as HTML; only they may carry numbers and identifiers.

local typst = FORMAT:match 'typst' ~= nil
local stringify = pandoc.utils.stringify
local columns = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'columns.lua'})

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

-- Identifiers are for headings and for what the report has made; another one could take the place of theirs.
local function without_identifier(element)
  element.identifier = ''
  return without_attributes(element)
end

local function without_identifiers(element)
  without_identifier(element)
  local rows = pandoc.List(element.head.rows)
  for _, body in ipairs(element.bodies) do
    without_identifier(body)
    rows:extend(body.head)
    rows:extend(body.body)
  end
  rows:extend(element.foot.rows)
  for _, part in ipairs {element.head, element.foot} do without_identifier(part) end
  for _, row in ipairs(rows) do
    without_identifier(row)
    for _, cell in ipairs(row.cells) do without_identifier(cell) end
  end
  return element
end

-- What stands before a colon is a scheme, unless it is a part of a path; browsers overlook blanks in it.
local function is_harmless(url)
  local scheme = url:match '^([^/?#]*):'
  return scheme == nil or SCHEMES[scheme:lower()] == true
end

local function harmless(blocks, token, pictures)
  local function unless_made(clean)
    return function(element) return not element.classes:includes(token) and clean(element) or nil end
  end
  local plain = unless_made(without_identifier)
  return blocks:walk {
    CodeBlock = plain, Code = plain, Div = plain, Span = plain, Figure = plain,
    Header = without_attributes, Table = without_identifiers,
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

-- What the page and the lists at its end are called.
local function is_taken(identifier)
  return identifier == 'report' or identifier:match '^source%-%d+$' or identifier:match '^n%x%x%x%x%x%x%x%x+$'
end

-- Levels follow one another without a gap, identifiers are unique, sections are numbered.
local function in_order(blocks)
  local previous, seen, counts = TOP - 1, {}, {}
  local function note(element) seen[element.identifier] = true end
  blocks:walk {Div = note, Figure = note, Span = note}
  return blocks:walk {Header = function(header)
    header.level = math.max(TOP, math.min(header.level, previous + 1))
    previous = header.level
    local identifier, copies = header.identifier, 0
    while seen[header.identifier] or is_taken(header.identifier) do
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

-- HTML ----------------------------------------------------------------------------------------------------------

local for_html = {
  Math = function(math) return raw(set(math, math.text, '')) end,
  Table = function(element)
    local numeric = columns.numeric(element)
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
    local numeric = columns.numeric(element)
    element.colspecs = pandoc.List(element.colspecs):map(function(specification, place)
      return {numeric[place] and 'AlignRight' or 'AlignLeft', specification[2]}
    end)
    local text = pandoc.write(pandoc.Pandoc {element}, 'typst', {wrap_text = 'none'})
    local widths, room = columns.widths(element, numeric)
    local call = '[#data-table(' .. room .. ', columns: ' .. widths .. ','
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
        local noted = div.content:find_if(function(block) return block.text == '#table-note[' end)
        return noted and enclosed(raw_block '#noted[', div.content, raw_block ']') or div.content
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
