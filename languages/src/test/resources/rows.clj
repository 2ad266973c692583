(ns program
  (:gen-class)
  (:import (dev.pando Action Pool)
           (dev.pando.process Processes)
           (java.util.concurrent Callable)))

(defrecord Page [name words])

(defn letters [text] (count text))

(defn row [name body]
  (println name "="
           (try (pr-str (body))
                (catch Throwable refused (str (.getSimpleName (class refused)) ": " (.getMessage refused))))))

(defmacro in-worker [pool & body]
  `(.result (.submit ~pool ^Callable (fn [] ~@body))))

(defn -main [& _]
  (with-open [^Pool pool (Pool/open (Processes/of 1))]
    (row "vector" #(in-worker pool [1 2]))
    (row "map" #(in-worker pool {:a 1 :b #{2}}))
    (row "lazy" #(in-worker pool (map inc [1 2])))
    (row "captured" #(let [page (->Page "oak" 3)] (in-worker pool (:words page))))
    (row "unbound" #(in-worker pool (letters "oak")))
    (row "required" #(in-worker pool (require 'program) (letters "oak"))))
  (with-open [^Pool pool (Pool/open (.initializer (Processes/of 1) (reify Action (perform [_] (require 'program)))))]
    (row "initialized" #(in-worker pool (letters "oak")))
    (row "record" #(in-worker pool (->Page "oak" 3)))))
