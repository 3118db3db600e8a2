require "json"
require "set"

class Catalog
  include Enumerable

  def initialize(path)
    @path = path
    @items = {}
    @listeners = Set.new
  end

  def self.open(path)
    catalog = new(path)
    catalog.load
    return catalog unless block_given?

    begin
      yield catalog
    ensure
      catalog.save
    end
  end

  def load
    return self unless File.exist?(@path)

    data = JSON.parse(File.read(@path), symbolize_names: true)
    data.fetch(:items, []).each do |item|
      key = item.fetch(:id)
      @items[key] = item
    end
    self
  end

  def save
    text = JSON.pretty_generate(items: @items.values)
    File.write("#{@path}.new", text)
    File.rename("#{@path}.new", @path)
  end

  def each(&block)
    @items.each_value(&block)
  end

  def put(id, **fields)
    before = @items[id]
    after = (before || { id: id }).merge(fields)
    @items[id] = after
    @listeners.each { |listener| listener.call(before, after) }
    after
  end

  def find_by(name)
    found = @items.values.select { |item| item[:name] == name }
    if found.size > 1
      ids = found.map { |item| item[:id] }.sort
      raise KeyError, "#{name} is not unique: #{ids.join(', ')}"
    end
    found.first
  end

  def total
    sum = 0
    each do |item|
      price = item[:price]
      next if price.nil?

      amount = item.fetch(:amount, 1)
      sum += price * amount
    end
    sum
  end

  def on_change(&listener)
    @listeners << listener
    -> { @listeners.delete(listener) }
  end

  def to_s
    lines = map do |item|
      name = item.fetch(:name, "?")
      "#{item[:id]}: #{name}"
    end
    lines.sort.join("\n")
  end
end
