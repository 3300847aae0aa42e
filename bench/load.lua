-- Send the requests of a file, written as "length, newline, bytes"; once each, or with CYCLE=1 round and round.
local spent = "GET /spent HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
local requests, place, cycle = {}, 0, os.getenv("CYCLE") == "1"

function init()
  local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
  for length in function() return file:read("*l") end do
    requests[#requests + 1] = file:read(tonumber(length))
  end
  file:close()
end

function request()
  place = place + 1
  if cycle and place > #requests then place = 1 end
  return requests[place] or spent
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('FIGURES {"requests": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p99": %.6f}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration / 1e6, latency:percentile(99) / 1e6))
end
